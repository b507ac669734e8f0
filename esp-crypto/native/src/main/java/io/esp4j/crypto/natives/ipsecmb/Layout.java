package io.esp4j.crypto.natives.ipsecmb;

/**
 * Where the fields of {@code IMB_MGR} are whose position depends on the version, in octets.
 *
 * <p>The functions up to {@code submit_hash_burst_nocheck} and the job up to {@link Job#SUITE} are where they are in every
 * version known here. Source: {@code intel-ipsec-mb.h} and {@code ipsec-mb.h} of versions 1.3 to 2.0.2.
 *
 * @param earliestJob position of {@code earliest_job}, the octet offset of the oldest job in the ring, −1 if it is empty
 * @param nextJob position of {@code next_job}, the octet offset of the job to be filled in next
 * @param jobs position of the ring
 * @param jobOctets length of one {@code IMB_JOB}
 * @param keyDataOctets length of {@code gcm_key_data}
 * @param emulation whether the library can emulate AES-NI, as before 2.0: {@code used_arch} and {@code features} count that too
 */
record Layout(int earliestJob, int nextJob, int jobs, int jobOctets, int keyDataOctets, boolean emulation) {
    /** {@code used_arch}, an {@code unsigned}. */
    static final int USED_ARCH = 56;

    /** {@code imb_errno}, an {@code int}. */
    static final int ERRNO = 60;

    /** {@code features}, 64 bits. */
    static final int FEATURES = 8;

    static final int KEYEXP_128 = 112;
    static final int SHA1_ONE_BLOCK = 160;
    static final int GCM128_ENCRYPT = 256;
    static final int GCM128_DECRYPT = 280;
    static final int GCM128_PRE = 448;
    static final int GET_NEXT_BURST = 952;
    static final int SUBMIT_BURST_NOCHECK = 968;
    static final int FLUSH_BURST = 976;
    static final int SUBMIT_CIPHER_BURST_NOCHECK = 992;
    static final int SUBMIT_HASH_BURST_NOCHECK = 1008;

    /** Jobs in the ring ({@code IMB_MAX_JOBS}). */
    static final int RING_JOBS = 256;

    private static final int MAJOR_MINOR = 0xffff00;

    /**
     * {@return the layout of a version, null if it is not known}
     *
     * @param version as {@code imb_get_version} returns it: major, minor and patch in an octet each
     */
    static Layout of(int version) {
        return switch (version & MAJOR_MINOR) {
            case 0x010300 -> new Layout(1016, 1020, 1024, 200, 1008, true);
            case 0x010400 -> new Layout(1048, 1052, 1056, 240, 1264, true);
            case 0x010500 -> new Layout(1088, 1092, 1096, 240, 1264, true);
            case 0x020000 -> new Layout(1104, 1108, 1112, 216, 1264, false);
            default -> null;
        };
    }

    /** {@return {@code IMB_FEATURE_SELF_TEST_PASS}} */
    long selfTestPassed() {
        return emulation ? 1L << 21 : 1L << 20;
    }

    /** {@return whether jobs name their suite, which {@code imb_set_session} finds (since 1.4)} */
    boolean suites() {
        return jobOctets > Job.SUITE * Long.BYTES;
    }

    /** {@return from one job to the next, in 64-bit words} */
    int jobWords() {
        return jobOctets / Long.BYTES;
    }

    /** {@return the octets that a manager has at least} */
    int managerOctets() {
        return jobs + RING_JOBS * jobOctets;
    }
}
