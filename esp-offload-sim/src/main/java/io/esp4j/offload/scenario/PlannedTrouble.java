package io.esp4j.offload.scenario;

import io.esp4j.memory.Memory;
import io.esp4j.offload.frame.EthernetHeader;
import io.esp4j.offload.frame.Frame;
import io.esp4j.offload.link.Impairment;
import io.esp4j.wire.IpHead;
import io.esp4j.wire.Ipv4Header;
import io.esp4j.wire.Ipv6Header;

/** What goes wrong with certain frames of a link, counted from 1. Threads: single owner thread. */
final class PlannedTrouble implements Impairment {
    private final Step.Trouble trouble;
    private final EthernetHeader ethernet = new EthernetHeader();
    private int count;

    PlannedTrouble(Step.Trouble trouble) {
        this.trouble = trouble;
    }

    @Override
    public int copies(Frame frame) {
        count++;
        if (trouble.damage().contains(count)) {
            int last = frame.end() - 1;
            frame.memory().octet(last, frame.memory().octet(last) ^ 1);
        }
        if (trouble.remark() >= 0) {
            remark(frame);
        }
        return trouble.lose().contains(count) ? 0 : trouble.duplicate().contains(count) ? 2 : 1;
    }

    private void remark(Frame frame) {
        Memory memory = frame.memory();
        if (!ethernet.walk(memory, frame.offset(), frame.length()) || !ethernet.isIp()) {
            return;
        }
        int at = ethernet.payloadAt();
        int trafficClass = trouble.remark() << 2;
        if (IpHead.isV6(memory.int64(at))) {
            Ipv6Header.trafficClass(memory, at, trafficClass);
        } else {
            Ipv4Header.trafficClass(memory, at, trafficClass);
        }
    }

    @Override
    public long delayNanos(Frame frame) {
        return trouble.delay().contains(count) ? trouble.delayNanos() : 0;
    }
}
