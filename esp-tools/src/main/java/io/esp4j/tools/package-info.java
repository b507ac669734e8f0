/** The esp command. */
package io.esp4j.tools;
