package io.esp4j.replay;

final class SingleOwnerReplayWindowContractTest extends ReplayWindowContractTest {
    @Override
    ReplayWindow window(int windowPackets, boolean extended, long top) {
        return ReplayWindow.singleOwner(windowPackets, extended, top);
    }
}
