package io.esp4j.offload.driver;

import io.esp4j.offload.control.OffloadSa;
import io.esp4j.offload.control.SaCodec;
import io.esp4j.offload.control.SaDirection;
import io.esp4j.offload.frame.OffloadMode;
import io.esp4j.replay.SequenceNumbers;
import io.esp4j.sa.SaBuilder;
import io.esp4j.sa.SaParameters;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the PF's driver knows of the SAs in the agent: whose each is, and where the numbers of a key stood when it was last
 * there. It holds no keys. Threads: single owner thread.
 */
final class SaBook {
    private record Entry(NetworkFunction owner, KeyFingerprint key) {}

    private final Map<Integer, Entry> installed = new LinkedHashMap<>();
    private final Map<KeyFingerprint, Long> positions = new HashMap<>();
    private final Map<KeyFingerprint, List<Runnable>> leaving = new HashMap<>();

    void installed(int handle, NetworkFunction owner, OffloadSa sa) {
        installed.put(handle, new Entry(owner, KeyFingerprint.of(sa)));
    }

    NetworkFunction owner(int handle) {
        Entry entry = installed.get(handle);
        return entry == null ? null : entry.owner;
    }

    /** The SA is not in the agent any more; its numbers are kept. */
    void removed(int handle, long position) {
        Entry entry = installed.remove(handle);
        if (entry != null) {
            positions.put(entry.key, position);
        }
    }

    void forget(int handle) {
        installed.remove(handle);
    }

    /** {@return the key of an SA, or null if it is not in the book} */
    KeyFingerprint key(int handle) {
        Entry entry = installed.get(handle);
        return entry == null ? null : entry.key;
    }

    /** {@return where the numbers of a key stood when it left, 0 if it never was here} */
    long position(KeyFingerprint key) {
        return positions.getOrDefault(key, 0L);
    }

    /** The SA of a key is being removed: where its numbers stand is not known until the agent has replied. */
    void leaves(KeyFingerprint key) {
        leaving.computeIfAbsent(key, unused -> new ArrayList<>());
    }

    /** Runs what waited for the SA of a key to be removed. */
    void left(KeyFingerprint key) {
        List<Runnable> waiting = leaving.remove(key);
        if (waiting != null) {
            waiting.forEach(Runnable::run);
        }
    }

    /** {@return whether something has to wait for the SA of a key to be removed; it is run then} */
    boolean waits(KeyFingerprint key, Runnable then) {
        List<Runnable> waiting = leaving.get(key);
        return waiting != null && waiting.add(then);
    }

    List<Integer> handlesOfVanished() {
        List<Integer> handles = new ArrayList<>();
        installed.forEach((handle, entry) -> {
            if (!entry.owner.isAttached()) {
                handles.add(handle);
            }
        });
        return handles;
    }

    int size() {
        return installed.size();
    }

    /** {@return the SA as it is to be added: its numbers begin no lower than they stood} */
    OffloadSa resumed(OffloadSa sa) {
        Long position = positions.get(KeyFingerprint.of(sa));
        if (position == null) {
            return sa;
        }
        SaParameters parameters = sa.parameters();
        boolean transmit = sa.direction() == SaDirection.TRANSMIT;
        long stood = transmit ? position - 1 : position;
        SaBuilder builder = SaCodec.rebuild(parameters);
        if (SequenceNumbers.isAbove(stood, parameters.sequence())) {
            builder.sequence(stood);
        }
        // The window that packet offload had is lost: what it may have accepted is not accepted again.
        boolean windowLost = !transmit && sa.mode() == OffloadMode.PACKET;
        return sa.with(builder.allReceived(windowLost).build());
    }
}
