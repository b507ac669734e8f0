/** Capture files, pcap and pcapng. */
package io.esp4j.io.capture;
