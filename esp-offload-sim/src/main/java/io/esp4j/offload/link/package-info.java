/**
 * Links: one direction each, with a rate, a delay, a queue of limited depth, and whatever goes wrong on the way. An observer
 * sees each frame as it begins to leave, which is what a capture file of the link holds.
 */
package io.esp4j.offload.link;
