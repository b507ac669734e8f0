/**
 * The Security Association Database: which SA a packet from the wire belongs to (RFC 4301 §4.4.2, RFC 4303 §2.1).
 *
 * <p>The search that RFC 4303 §2.1 describes, {SPI, destination, source}, then {SPI, destination}, then {SPI}, is three
 * hash tables, one for each kind of entry, tried in that order. A table without entries costs one load, so a gateway
 * whose SAs are all found by SPI alone pays for one probe. A domain (VLAN, MAC, VM or interface, as the caller numbers
 * them; 0 where there are none) is part of every key.
 *
 * <p>Each table is one flat array of references with open addressing and linear probing. The key is read from the entry
 * itself, whose cache line the caller wants next anyway, so a lookup misses the cache once for the table and once for
 * the entry, and an entry costs the table 16 to 32 octets with compressed references (at most a quarter of the slots is
 * in use: a neighbour's key lies in a cache line of its own, so collisions are dearer than slots).
 *
 * <p>Readers take no lock and write nothing. Writers share one lock. What makes that safe:
 *
 * <ul>
 *   <li>An entry stays in its slot from its addition to its removal, or until the array is rebuilt; {@code replace}
 *       stores the new entry over the old one. No reader can miss an entry that is there all the time.
 *   <li>A removed entry leaves a marker, so that a probe sequence across it is not cut. Only when the next slot is empty,
 *       and so no probe sequence can go on, the slot itself and the markers before it become empty again.
 *   <li>A rebuild copies into a new array and publishes it with one store. The old array is never touched again; readers
 *       that still hold it see the database as it was when their lookup began.
 * </ul>
 *
 * <p>The database links and unlinks entries. When a removed one may be destroyed is the caller's to know: readers may
 * hold it until they have finished their burst.
 */
package io.esp4j.sad;
