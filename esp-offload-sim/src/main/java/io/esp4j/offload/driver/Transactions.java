package io.esp4j.offload.driver;

import io.esp4j.offload.control.CommandStatus;
import io.esp4j.offload.simulation.Parameter;
import io.esp4j.offload.simulation.Simulation;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Commands that wait for a reply. Threads: single owner thread. */
final class Transactions {
    /** Hears a reply. */
    @FunctionalInterface
    interface Answer {
        /** The body is empty where the status is not the agent's. */
        void replied(CommandStatus status, ByteBuffer body);
    }

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final Simulation simulation;
    private final Map<Integer, Answer> waiting = new TreeMap<>();
    private int last;

    Transactions(Simulation simulation) {
        this.simulation = simulation;
    }

    /** {@return the number of a new transaction, which ends in a timeout unless a reply comes} */
    int begin(Answer answer) {
        last++;
        int number = last;
        waiting.put(number, answer);
        simulation.after(
                simulation.value(Parameter.REPLY_TIMEOUT_NANOS), () -> end(number, CommandStatus.TIMEOUT, NOTHING));
        return number;
    }

    void end(int number, CommandStatus status, ByteBuffer body) {
        Answer answer = waiting.remove(number);
        if (answer != null) {
            answer.replied(status, body);
        }
    }

    /** No reply will come to any of them. */
    void endAll(CommandStatus status) {
        List<Answer> all = new ArrayList<>(waiting.values());
        waiting.clear();
        all.forEach(answer -> answer.replied(status, NOTHING));
    }
}
