package io.esp4j.offload.simulation;

/**
 * What parts count. Names are those of the kernel's documents where they have one: the TLS offload document's with
 * {@code ipsec} in place of {@code tls}, and those of {@code /proc/net/xfrm_stat}.
 *
 * <p>Some are an {@linkplain #isEnd() end}: each frame that was ever made comes to exactly one of them, or is still under way.
 */
public enum Counter {
    /** Packets that the device encrypted. */
    TX_ENCRYPTED("tx_ipsec_encrypted_packets", false),
    /** Octets of those, from SPI to ICV. */
    TX_ENCRYPTED_BYTES("tx_ipsec_encrypted_bytes", false),
    /** Packets whose number was not the one that the device expected next. */
    TX_OOO("tx_ipsec_ooo", false),
    /** Packets that the device gave another number than the one they came with. */
    TX_REWRITTEN("tx_ipsec_rewritten", false),
    /** Packets that passed the agent with the offload bit clear. */
    TX_BYPASSED("tx_bypassed", false),
    /** Packets that software encrypted. */
    TX_SOFTWARE("tx_ipsec_software_packets", false),
    /** Packets of an offloaded SA that software encrypted because the device could not. */
    TX_FALLBACK("tx_ipsec_fallback_packets", false),
    /** Super-packets that software had to cut. */
    TX_SOFTWARE_SEGMENTED("tx_software_segmented", false),

    /** Packets that the device decrypted. */
    RX_DECRYPTED("rx_ipsec_decrypted_packets", false),
    /** Octets of those, from SPI to ICV. */
    RX_DECRYPTED_BYTES("rx_ipsec_decrypted_bytes", false),
    /** Packets that the device tried to decrypt and could not. */
    RX_ERR("rx_ipsec_err", false),
    /** Packets whose number was not above all before. */
    RX_OOO("rx_ipsec_ooo", false),
    /** Packets that passed untouched because the device waits for a high half. */
    RX_OUT_OF_SYNC("rx_ipsec_out_of_sync", false),
    /** Packets that passed untouched because the crypto unit was busy. */
    RX_OVERLOAD("rx_ipsec_overload", false),
    /** Packets that passed untouched because their checksum was wrong. */
    RX_BAD_CHECKSUM("rx_ipsec_bad_checksum", false),
    /** Fragments of ESP packets, which the device does not open. */
    RX_FRAGMENT("rx_ipsec_fragment", false),
    /** Packets that are none of the device's SAs'. */
    RX_BYPASSED("rx_bypassed", false),
    /** Times that the device asked for a high half. */
    RX_RESYNC_REQUESTED("rx_ipsec_resync_req_pkt", false),
    /** Requests that the host answered. */
    RX_RESYNC_ANSWERED("rx_ipsec_resync_res_ok", false),
    /** Requests that the host left unanswered. */
    RX_RESYNC_SKIPPED("rx_ipsec_resync_res_skip", false),
    /** Packets that the host found decrypted. */
    RX_OFFLOADED("rx_ipsec_offloaded_packets", false),
    /** Packets that software decrypted. */
    RX_SOFTWARE("rx_ipsec_software_packets", false),
    /** Times that a whole SA went from the device to software. */
    SA_TO_SOFTWARE("ipsec_sa_to_software", false),
    /** SAs installed in a device. */
    SA_ADDED("ipsec_sa_added", false),
    /** SAs that a device refused. */
    SA_REFUSED("ipsec_sa_refused", false),
    /** SAs removed from a device one by one. */
    SA_REMOVED("ipsec_sa_removed", false),
    /** SAs that a reset or a command for a whole port swept away. */
    SA_FLUSHED("ipsec_sa_flushed", false),

    /** Handed to whoever waits for packets. */
    DELIVERED("delivered", true),
    /** Merged into a larger packet on receipt. */
    COALESCED("coalesced", true),
    /** Cut into segments, which are frames of their own. */
    SEGMENTED("segmented", true),
    /** Cut into IP fragments, which are frames of their own. */
    FRAGMENTED("fragmented", true),
    /** A fragment that became part of a whole packet, a frame of its own. */
    REASSEMBLED("reassembled", true),
    /** A command, a reply or a notice, which its receiver has read. */
    CONTROL("control", true),
    /** A mirrored copy that nobody but an observer wanted. */
    MIRRORED("mirrored", true),
    /** Dummy packets (RFC 4303 §2.6). */
    DUMMY("dummy", true),

    /** Sent to an address that no machine has. */
    TX_NO_NEIGHBOUR("tx_no_neighbour", true),
    /** The transmit ring was full. */
    TX_RING_FULL("tx_ring_full", true),
    /** The device was down. */
    TX_DEVICE_DOWN("tx_device_down", true),
    /** Longer than the MTU, and not to be fragmented. */
    TX_TOO_BIG("tx_too_big", true),
    /** The device has no SA for a packet that it should encrypt. */
    TX_DROP_NO_SYNC_DATA("tx_ipsec_drop_no_sync_data", true),
    /** The number is at its limit. */
    TX_DROP_NUMBER_LIMIT("tx_ipsec_drop_number_limit", true),
    /** Too many packets waited for the crypto unit. */
    TX_DROP_OVERLOAD("tx_ipsec_drop_overload", true),
    /** The crypto unit failed. */
    TX_DROP_NOT_SEALED("tx_ipsec_drop_not_sealed", true),
    /** A tag that no function may send. */
    TX_DROP_FORGED_TAG("tx_drop_forged_tag", true),
    /** Packet offload that can't be had: neither software nor clear text may take its place. */
    TX_DROP_NO_OFFLOAD("tx_ipsec_drop_no_offload", true),
    /** A packet that came decrypted and was not to be sent on. */
    TX_DROP_DECRYPTED("tx_drop_decrypted", true),
    /** No SA for a packet that policy wants protected. */
    XFRM_OUT_NO_STATES("XfrmOutNoStates", true),
    /** The SA is gone, or its lifetime is over. */
    XFRM_OUT_STATE_INVALID("XfrmOutStateInvalid", true),
    /** The sequence number would cycle. */
    XFRM_OUT_STATE_SEQ_ERROR("XfrmOutStateSeqError", true),
    /** The SA does not take the packet. */
    XFRM_OUT_STATE_MODE_ERROR("XfrmOutStateModeError", true),

    /** Lost on a link. */
    LINK_LOST("link_lost", true),
    /** Too many frames waited for a link. */
    LINK_QUEUE_FULL("link_queue_full", true),
    /** Nothing is at the other end. */
    LINK_NO_PEER("link_no_peer", true),

    /** A tag came from outside. */
    RX_DROP_FORGED_TAG("rx_drop_forged_tag", true),
    /** The device was down. */
    RX_DEVICE_DOWN("rx_device_down", true),
    /** No function has the address. */
    RX_DROP_FILTERED("rx_drop_filtered", true),
    /** The receive ring was full. */
    RX_MISSED("rx_missed_errors", true),
    /** A fragment of ESP under a policy that drops it. */
    RX_DROP_FRAGMENT("rx_ipsec_drop_fragment", true),
    /** Packet offload did not open it, and software has no key. */
    RX_DROP_NO_OFFLOAD("rx_ipsec_drop_no_offload", true),
    /** Too many packets for packet offload waited for the crypto unit. */
    RX_DROP_OVERLOAD("rx_ipsec_drop_overload", true),
    /** A fragment whose rest did not come. */
    RX_REASSEMBLY_TIMEOUT("rx_reassembly_timeout", true),
    /** Neither length nor checksum of its IP header make sense, or it is not IP. */
    RX_HEADER_ERROR("rx_header_error", true),
    /** No SA has the SPI. */
    XFRM_IN_NO_STATES("XfrmInNoStates", true),
    /** The ICV was wrong. */
    XFRM_IN_STATE_PROTO_ERROR("XfrmInStateProtoError", true),
    /** Received before, or too old to tell. */
    XFRM_IN_STATE_SEQ_ERROR("XfrmInStateSeqError", true),
    /** The SA is gone, or its lifetime is over. */
    XFRM_IN_STATE_INVALID("XfrmInStateInvalid", true),
    /** Opened, and what was inside makes no sense or is not for the SA. */
    XFRM_IN_STATE_MODE_ERROR("XfrmInStateModeError", true),
    /** Anything else that ESP refuses. */
    XFRM_IN_ERROR("XfrmInError", true);

    private final String label;
    private final boolean end;

    Counter(String label, boolean end) {
        this.label = label;
        this.end = end;
    }

    /** {@return the name that it is shown under} */
    public String label() {
        return label;
    }

    /** {@return whether a frame comes to its end here} */
    public boolean isEnd() {
        return end;
    }
}
