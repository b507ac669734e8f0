/**
 * A UDP socket that carries ESP, IKE and keepalives on one port (RFC 3948), on NIO.
 *
 * <pre>
 * ESP          SPI (4, never 0) ‖ sequence number (4) ‖ …      a slot of the batch
 * IKE          non-ESP marker (4 zero octets) ‖ message        the key-management handler
 * keepalive    0xff                                            counted
 * </pre>
 *
 * <p>{@link io.esp4j.io.udp.UdpEndpoint#receive} fills a {@link io.esp4j.io.udp.DatagramBatch}: slots in one direct
 * memory region, each with headroom and tailroom, so that a burst of the dataplane can work on them in place and send
 * them on from where they lie. Nothing is copied in Java. There is one system call per datagram: NIO has no
 * {@code recvmmsg}, {@code sendmmsg} or UDP segmentation.
 *
 * <p>A connected endpoint has one peer and allocates nothing per datagram. An unconnected one has any number; there the
 * JDK allocates an address (some 120 octets, IPv6 some 190) each time the sender is another one than that of the
 * datagram before, and nothing otherwise (JDK 17 and 25). On a connected endpoint, an ICMP error costs an exception
 * inside the JDK; it is caught and counted here.
 *
 * <p>What the kernel decides, since Java cannot: UDP over IPv4 goes out with a computed checksum (Deviation: RFC 3948
 * §2.1 would rather have 0 there), UDP over IPv6 with a checksum of 0 is refused on receipt, and the DSCP and ECN of
 * received outer headers are not visible, so that RFC 6040 cannot be applied to them; with
 * {@link java.net.StandardSocketOptions#IP_TOS} they are set for all that is sent.
 */
package io.esp4j.io.udp;
