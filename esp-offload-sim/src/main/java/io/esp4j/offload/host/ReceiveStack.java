package io.esp4j.offload.host;

import io.esp4j.dataplane.Burst;
import io.esp4j.dataplane.Framing;
import io.esp4j.dataplane.Worker;
import io.esp4j.memory.Memory;
import io.esp4j.offload.control.SadDomain;
import io.esp4j.offload.driver.NetworkFunction;
import io.esp4j.offload.frame.EthernetHeader;
import io.esp4j.offload.frame.Frame;
import io.esp4j.offload.frame.FrameSink;
import io.esp4j.offload.frame.MacAddress;
import io.esp4j.offload.frame.OffloadMode;
import io.esp4j.offload.frame.ReceiveStatus;
import io.esp4j.offload.simulation.Counter;
import io.esp4j.offload.simulation.Counters;
import io.esp4j.offload.simulation.Hazard;
import io.esp4j.offload.simulation.Parameter;
import io.esp4j.offload.simulation.TraceEvent.Step;
import io.esp4j.outcome.InboundOutcome;
import io.esp4j.segment.CoalescedPacket;
import io.esp4j.segment.Coalescer;
import io.esp4j.wire.InternetChecksum;
import io.esp4j.wire.IpHead;
import io.esp4j.wire.Ipv4Header;
import io.esp4j.wire.Ipv6Header;
import io.esp4j.wire.NextHeader;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;

/**
 * The way into a host, in packet order:
 *
 * <ol>
 *   <li>The IP header: lengths and checksum. Fragments wait for each other.
 *   <li>What the device has opened under packet offload is taken as it is; what it should have and has not is dropped.
 *   <li>ESP: the window, then the ICV, by the device's word or by software, then the window again, then what is inside.
 *   <li>Coalescing, where it is on: after decryption, and never across SAs or protections.
 *   <li>Delivery, or redirection.
 * </ol>
 *
 * <p>Threads: single owner thread.
 */
final class ReceiveStack implements FrameSink {
    private static final int FLOWS = 16;
    private static final int PROTECTIONS = Protection.values().length;

    private final HostStack host;
    private final HostSas sas;
    private final TransmitStack transmit;
    private final Counters counters;
    private final EthernetHeader ethernet = new EthernetHeader();
    private final Burst burst = new Burst(1);
    private final Ipv4Fragments fragments;
    private final List<Frame> offered = new ArrayList<>();
    private FragmentPolicy fragmentPolicy = FragmentPolicy.DROP;
    private Supplier<Worker> sharedWindows;
    private ToIntFunction<SadDomain> sharedDomains;
    private Worker sharedReceiver;
    private DeliverySink sink;
    private Coalescer coalescer;
    private int merged;
    private NetworkFunction redirection;
    private MacAddress redirectionTo;

    ReceiveStack(HostStack host, HostSas sas, TransmitStack transmit) {
        this.host = host;
        this.sas = sas;
        this.transmit = transmit;
        counters = host.counters;
        fragments = new Ipv4Fragments(host.simulation, host.frames, counters);
    }

    void fragments(FragmentPolicy policy) {
        fragmentPolicy = policy;
    }

    void shareWindows(Supplier<Worker> receiver, ToIntFunction<SadDomain> domains) {
        sharedWindows = receiver;
        sharedDomains = domains;
    }

    void deliverTo(DeliverySink newSink) {
        sink = newSink;
    }

    void coalesce(boolean on) {
        coalescer = on
                ? new Coalescer(
                        Memory.of(new byte[FLOWS * Coalescer.MAX_OCTETS]), FLOWS, Coalescer.MAX_OCTETS, this::coalesced)
                : null;
    }

    void redirect(NetworkFunction function, MacAddress to) {
        redirection = function;
        redirectionTo = to;
    }

    @Override
    public void accept(Frame frame) {
        Memory memory = frame.memory();
        if (!ethernet.walk(memory, frame.offset(), frame.length())
                || !ethernet.isIp()
                || !hasRightHeader(memory, ethernet.payloadAt(), frame.end())) {
            frame.end(counters, Counter.RX_HEADER_ERROR);
            return;
        }
        int ipAt = ethernet.payloadAt();
        long head = memory.int64(ipAt);
        if (!IpHead.isV6(head) && IpHead.v4IsFragment(head)) {
            Frame whole = fragments.collect(frame, ipAt);
            if (whole != null) {
                int wholeAt = whole.offset() + ipAt - frame.offset();
                packet(whole, wholeAt, true);
            }
            return;
        }
        packet(frame, ipAt, false);
    }

    private static boolean hasRightHeader(Memory memory, int ipAt, int end) {
        if (end - ipAt < Ipv4Header.OCTETS) {
            return false;
        }
        long head = memory.int64(ipAt);
        return IpHead.isValid(head, end - ipAt)
                && (IpHead.isV6(head)
                        || InternetChecksum.fold(InternetChecksum.sum(memory, ipAt, IpHead.v4HeaderOctets(head)))
                                == 0xffff);
    }

    private void packet(Frame frame, int ipAt, boolean reassembled) {
        Memory memory = frame.memory();
        long head = memory.int64(ipAt);
        boolean v6 = IpHead.isV6(head);
        if (frame.status() == ReceiveStatus.DECRYPTED && frame.mode() == OffloadMode.PACKET) {
            counters.count(Counter.RX_OFFLOADED);
            deliver(frame, ipAt, frame.end() - ipAt, byHandle(frame.saHandle()), Protection.PACKET_OFFLOAD);
            return;
        }
        int protocol = memory.octet(ipAt + (v6 ? Ipv6Header.NEXT_HEADER_AT : Ipv4Header.PROTOCOL_AT));
        int espAt = ipAt + (v6 ? Ipv6Header.OCTETS : IpHead.v4HeaderOctets(head));
        HostSa sa = protocol == NextHeader.ESP && frame.end() - espAt >= 4 ? sas.inbound(memory.int32(espAt)) : null;
        if (sa != null && sa.sa.mode() == OffloadMode.PACKET && sa.place != Place.SOFTWARE) {
            withoutDevice(frame, ipAt, sa, reassembled);
        } else {
            open(frame, ipAt, host.worker, 0);
        }
    }

    private HostSa byHandle(int handle) {
        for (HostSa sa : sas.all()) {
            if (sa.handle == handle) {
                return sa;
            }
        }
        return null;
    }

    /** Packet offload, and the device has not opened it. */
    private void withoutDevice(Frame frame, int ipAt, HostSa sa, boolean reassembled) {
        if (sa.place != Place.PACKET_OFFLOAD || !reassembled) {
            frame.end(counters, Counter.RX_DROP_NO_OFFLOAD);
            return;
        }
        switch (fragmentPolicy) {
            case DROP -> frame.end(counters, Counter.RX_DROP_FRAGMENT);
            case THIS_PACKET_TO_SOFTWARE -> openFragmented(frame, ipAt, sa);
            case SA_TO_SOFTWARE -> {
                frame.end(counters, Counter.RX_DROP_FRAGMENT);
                sas.moveToSoftware(sa);
            }
        }
    }

    private void openFragmented(Frame frame, int ipAt, HostSa sa) {
        if (host.simulation.has(Hazard.UNSHARED_WINDOW)) {
            open(frame, ipAt, host.worker, 0);
            return;
        }
        if (sharedReceiver == null) {
            sharedReceiver = sharedWindows.get();
        }
        open(frame, ipAt, sharedReceiver, sharedDomains.applyAsInt(sa.function.domain()));
    }

    private void open(Frame frame, int ipAt, Worker worker, int domain) {
        boolean opened = frame.status() == ReceiveStatus.DECRYPTED;
        host.engine.opening(opened, frame.sequenceHigh());
        burst.reset(frame.memory(), Framing.IP, domain);
        burst.add(ipAt, frame.end() - ipAt);
        worker.decapsulate(burst);
        InboundOutcome outcome = burst.inbound(0);
        if (outcome == InboundOutcome.NOT_ESP) {
            deliver(frame, ipAt, frame.end() - ipAt, null, Protection.CLEAR);
            return;
        }
        HostSa sa = sas.inbound(burst.spi(0));
        if (outcome != InboundOutcome.ACCEPTED) {
            host.tell(Step.PASSED, frame.number(), burst.spi(0), burst.sequence(0), outcome.toString());
            frame.end(counters, refusal(outcome));
            return;
        }
        counters.count(opened ? Counter.RX_OFFLOADED : Counter.RX_SOFTWARE);
        if (!opened) {
            host.tell(Step.OPENED, frame.number(), burst.spi(0), burst.sequence(0), "software");
            if (sa != null && sa.handle != 0) {
                sas.received(sa, burst.sequence(0));
            }
        }
        deliver(frame, burst.offset(0), burst.length(0), sa, opened ? Protection.CRYPTO_OFFLOAD : Protection.SOFTWARE);
    }

    private static Counter refusal(InboundOutcome outcome) {
        return switch (outcome) {
            case UNKNOWN_SPI -> Counter.XFRM_IN_NO_STATES;
            case ICV_MISMATCH -> Counter.XFRM_IN_STATE_PROTO_ERROR;
            case REPLAYED, TOO_OLD -> Counter.XFRM_IN_STATE_SEQ_ERROR;
            case LIFETIME_EXPIRED, NOT_OPENED -> Counter.XFRM_IN_STATE_INVALID;
            case MALFORMED_PLAINTEXT, SELECTOR_MISMATCH, ECN_VIOLATION -> Counter.XFRM_IN_STATE_MODE_ERROR;
            case DUMMY -> Counter.DUMMY;
            default -> Counter.XFRM_IN_ERROR;
        };
    }

    private void deliver(Frame frame, int at, int octets, HostSa sa, Protection protection) {
        if (redirection != null) {
            redirect(frame, at, octets, protection);
        } else if (coalescer == null) {
            if (sink != null) {
                sink.delivered(frame.memory(), at, octets, sa, protection, 1);
            }
            frame.end(counters, Counter.DELIVERED);
        } else {
            if (offered.isEmpty()) {
                host.simulation.after(host.simulation.value(Parameter.COALESCE_NANOS), this::flush);
            }
            offered.add(frame);
            coalescer.offer(frame.memory(), at, octets, origin(sa, protection));
        }
    }

    /** Merges only with the same SA and the same protection. */
    private static int origin(HostSa sa, Protection protection) {
        return (sa == null ? 0 : sa.origin * PROTECTIONS) + protection.ordinal();
    }

    private void coalesced(CoalescedPacket packet) {
        merged++;
        if (sink != null) {
            Protection protection = Protection.values()[packet.origin() % PROTECTIONS];
            HostSa sa = sas.byOrigin(packet.origin() / PROTECTIONS);
            sink.delivered(packet.memory(), packet.at(), packet.octets(), sa, protection, packet.segments());
        }
    }

    /** Of the frames offered, as many end delivered as packets came out. */
    private void flush() {
        coalescer.flush();
        for (Frame frame : offered) {
            frame.end(counters, merged > 0 ? Counter.DELIVERED : Counter.COALESCED);
            merged--;
        }
        merged = 0;
        offered.clear();
    }

    private void redirect(Frame frame, int at, int octets, Protection protection) {
        if (protection != Protection.CLEAR && !host.simulation.has(Hazard.FORWARD_DECRYPTED)) {
            frame.end(counters, Counter.TX_DROP_DECRYPTED);
            return;
        }
        frame.view(at, octets);
        transmit.leave(frame, redirectionTo, 0, redirection);
    }
}
