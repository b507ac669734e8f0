package io.esp4j.offload.host;

import io.esp4j.dataplane.Dataplane;
import io.esp4j.offload.control.CommandStatus;
import io.esp4j.offload.control.OffloadSa;
import io.esp4j.offload.control.SaCodec;
import io.esp4j.offload.control.SaDirection;
import io.esp4j.offload.driver.AddReply;
import io.esp4j.offload.driver.DeviceListener;
import io.esp4j.offload.driver.NetworkFunction;
import io.esp4j.offload.frame.OffloadMode;
import io.esp4j.offload.simulation.Counter;
import io.esp4j.offload.simulation.Hazard;
import io.esp4j.offload.simulation.TraceEvent.Step;
import io.esp4j.replay.SequenceNumbers;
import io.esp4j.sa.SaParameters;
import io.esp4j.sad.SadMatch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The SAs of a host, wherever they are: installs them, moves them to software when their device goes down and back when it is
 * up, and answers devices that have lost a high half. Threads: single owner thread.
 */
final class HostSas {
    private final HostStack host;
    private final Dataplane lengths;
    private final List<HostSa> all = new ArrayList<>();
    private final Map<Integer, HostSa> inbound = new HashMap<>();
    private int installed;

    HostSas(HostStack host) {
        this.host = host;
        lengths = Dataplane.builder()
                .provider(host.settings.provider())
                .rememberedKeys(0)
                .build();
    }

    List<HostSa> all() {
        return List.copyOf(all);
    }

    /** {@return the inbound SA of an SPI, or null} */
    HostSa inbound(int spi) {
        return inbound.get(spi);
    }

    /** {@return the inbound SA of an origin, or null} */
    HostSa byOrigin(int origin) {
        for (HostSa sa : all) {
            if (sa.origin == origin) {
                return sa;
            }
        }
        return null;
    }

    HostSa install(OffloadSa requested, NetworkFunction function, Consumer<HostSa> answer) {
        installed++;
        HostSa sa = new HostSa(requested, function, installed);
        if (requested.direction() == SaDirection.TRANSMIT) {
            equipSender(sa);
        }
        enter(sa);
        if (requested.mode() == OffloadMode.NONE) {
            equipReceiver(sa);
            sa.place = Place.SOFTWARE;
            answer.accept(sa);
        } else {
            function.stateAdd(requested, reply -> {
                if (sa.place != Place.GONE) {
                    added(sa, reply);
                } else if (reply.ok()) { // removed while the device was asked
                    function.stateDelete(reply.handle(), statistics -> function.stateFree(reply.handle()));
                }
                answer.accept(sa);
            });
        }
        return sa;
    }

    private void enter(HostSa sa) {
        all.add(sa);
        if (sa.sa.direction() == SaDirection.RECEIVE) {
            inbound.put(sa.spi(), sa);
        } else {
            sa.nextHop = host.settings.neighbours().find(sa.sa.parameters().destination());
        }
    }

    void installAnyhow(OffloadSa requested, NetworkFunction function, Consumer<HostSa> answer) {
        install(requested, function, first -> {
            if (first.place == Place.GONE && requested.mode() == OffloadMode.CRYPTO) {
                OffloadSa plain = new OffloadSa(
                        requested.parameters(),
                        requested.material(),
                        requested.direction(),
                        OffloadMode.NONE,
                        requested.domain(),
                        requested.mtu());
                install(plain, function, answer);
            } else {
                answer.accept(first);
            }
        });
    }

    /** What software needs to send; with packet offload only the lengths. */
    private void equipSender(HostSa sa) {
        boolean packet = sa.sa.mode() == OffloadMode.PACKET;
        sa.outbound = (packet ? lengths : host.dataplane).addOutbound(sa.sa.parameters(), sa.sa.material());
    }

    /**
     * What software needs to receive: not before the device has answered, since a window that had begun to count would be lost
     * if it refuses. With packet offload it is the device's, unless one of its own is the hazard to be shown.
     */
    private void equipReceiver(HostSa sa) {
        boolean mine = sa.sa.mode() != OffloadMode.PACKET || host.simulation.has(Hazard.UNSHARED_WINDOW);
        if (sa.sa.direction() == SaDirection.RECEIVE && sa.inbound == null && mine) {
            sa.inbound = host.dataplane.addInbound(sa.sa.parameters(), sa.sa.material());
        }
    }

    private void added(HostSa sa, AddReply reply) {
        boolean packet = sa.sa.mode() == OffloadMode.PACKET;
        sa.status = reply.status();
        if (reply.ok()) {
            equipReceiver(sa);
            sa.handle = reply.handle();
            if (!packet) {
                catchUp(sa, reply.position());
            }
            sa.place = packet ? Place.PACKET_OFFLOAD : Place.CRYPTO_OFFLOAD;
        } else if (!packet && (reply.status() == CommandStatus.NOT_SUPPORTED || sa.place == Place.SOFTWARE)) {
            equipReceiver(sa);
            sa.place = Place.SOFTWARE;
        } else if (sa.place != Place.WAITING) {
            forget(sa);
        }
        host.tell(Step.MOVED, 0, sa.spi(), 0, sa.sa.direction() + " " + sa.place + " " + reply.status());
    }

    /** The device knows of numbers of this key that the host does not: those are not used again in software either. */
    private void catchUp(HostSa sa, long next) {
        if (sa.outbound == null || !SequenceNumbers.isAbove(next - 1, sa.outbound.lastSequence())) {
            return;
        }
        host.dataplane.remove(sa.outbound);
        SaParameters parameters =
                SaCodec.rebuild(sa.sa.parameters()).sequence(next - 1).build();
        sa.outbound = host.dataplane.addOutbound(parameters, sa.sa.material());
    }

    private void forget(HostSa sa) {
        sa.place = Place.GONE;
        sa.handle = 0;
        all.remove(sa);
        inbound.remove(sa.spi(), sa);
        unequip(sa);
    }

    private void unequip(HostSa sa) {
        if (sa.outbound != null) {
            (sa.sa.mode() == OffloadMode.PACKET ? lengths : host.dataplane).remove(sa.outbound);
        }
        if (sa.inbound != null) {
            host.dataplane.remove(sa.inbound);
        }
    }

    void remove(HostSa sa, Runnable answer) {
        int handle = sa.handle;
        forget(sa);
        if (handle == 0) {
            answer.run();
            return;
        }
        sa.function.stateDelete(handle, statistics -> {
            sa.function.stateFree(handle);
            answer.run();
        });
    }

    /** The whole SA leaves the device; until its window's position is known its packets are dropped. */
    void moveToSoftware(HostSa sa) {
        int handle = sa.handle;
        sa.place = Place.INSTALLING;
        sa.handle = 0;
        host.counters.count(Counter.SA_TO_SOFTWARE);
        sa.function.stateDelete(handle, statistics -> {
            if (sa.inbound != null) {
                host.dataplane.remove(sa.inbound);
            }
            SaParameters parameters = SaCodec.rebuild(sa.sa.parameters())
                    .match(SadMatch.SPI)
                    .sequence(statistics.position())
                    .allReceived(true)
                    .build();
            sa.inbound = host.dataplane.addInbound(parameters, sa.sa.material());
            sa.place = Place.SOFTWARE;
            host.tell(Step.MOVED, 0, sa.spi(), statistics.position(), "whole SA to software");
        });
    }

    DeviceListener listenerOf(NetworkFunction function) {
        return new DeviceListener() {
            @Override
            public void deviceDown(Map<Integer, Long> positions) {
                HostSas.this.deviceDown(function);
            }

            @Override
            public void deviceUp() {
                HostSas.this.deviceUp(function);
            }

            @Override
            public void resyncRequested(int handle, int spi, int low) {
                HostSas.this.resyncRequested(handle, spi, low);
            }
        };
    }

    private void deviceDown(NetworkFunction function) {
        for (HostSa sa : all) {
            if (sa.function == function && sa.handle != 0) {
                sa.handle = 0;
                sa.place = sa.sa.mode() == OffloadMode.PACKET ? Place.WAITING : Place.SOFTWARE;
                host.tell(Step.MOVED, 0, sa.spi(), sa.position(), "device down: " + sa.place);
            }
        }
    }

    /** Crypto offload goes on where the host's numbers stand; the driver knows where packet offload's stood. */
    private void deviceUp(NetworkFunction function) {
        for (HostSa sa : all) {
            boolean wanted =
                    sa.place == Place.WAITING || (sa.place == Place.SOFTWARE && sa.sa.mode() == OffloadMode.CRYPTO);
            if (sa.function == function && wanted && sa.status != CommandStatus.NOT_SUPPORTED) {
                OffloadSa again = sa.sa;
                if (sa.sa.mode() == OffloadMode.CRYPTO) {
                    again = again.with(SaCodec.rebuild(sa.sa.parameters())
                            .sequence(sa.position())
                            .build());
                }
                function.stateAdd(again, reply -> {
                    if (sa.place != Place.GONE) {
                        added(sa, reply);
                    }
                });
            }
        }
    }

    private void resyncRequested(int handle, int spi, int low) {
        HostSa sa = inbound.get(spi);
        if (sa == null || sa.handle != handle) {
            host.counters.count(Counter.RX_RESYNC_SKIPPED);
            return;
        }
        if (sa.isAsked) { // what it asked before stays unanswered
            host.counters.count(Counter.RX_RESYNC_SKIPPED);
        }
        sa.isAsked = true;
        sa.askedLow = low;
        answer(sa, sa.recentWith(low));
    }

    /** Software has received a packet: if the device asked about it, it gets its answer. */
    void received(HostSa sa, long number) {
        sa.received(number);
        if (sa.isAsked && (int) number == sa.askedLow) {
            answer(sa, number);
        }
    }

    private void answer(HostSa sa, long number) {
        if (number == 0) {
            return; // silence, until software has received that packet
        }
        sa.isAsked = false;
        host.counters.count(Counter.RX_RESYNC_ANSWERED);
        host.tell(Step.RESYNCHRONISED, 0, sa.spi(), number, "confirms");
        sa.function.resyncAnswer(sa.handle, sa.spi(), number, status -> {});
    }
}
