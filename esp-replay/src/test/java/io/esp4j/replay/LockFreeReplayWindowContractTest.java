package io.esp4j.replay;

final class LockFreeReplayWindowContractTest extends ReplayWindowContractTest {
    @Override
    ReplayWindow window(int windowPackets, boolean extended, long top) {
        return ReplayWindow.lockFree(windowPackets, extended, top);
    }
}
