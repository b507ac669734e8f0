/**
 * The {@code ipsec-mb} provider: Intel's multi-buffer library, through its burst interface.
 *
 * <p>ipsec-mb works on jobs: structures of 200 octets or so in a ring inside its manager ({@code IMB_MGR}). We allocate the
 * manager's memory ourselves, one per {@link io.esp4j.crypto.natives.ipsecmb.IpsecMbContext}, so that writing a job is plain
 * stores from Java, and one call submits a batch. The library changes a job's status only, and an empty ring
 * starts anew; so jobs stay filled in as templates ({@link io.esp4j.crypto.natives.ipsecmb.JobSlots}), and a packet
 * costs four stores, its nonce and its AAD. The ring is used as four sets of 64 jobs, so that a worker which seals and opens for
 * a few associations in turn finds its templates still there.
 *
 * <ul>
 *   <li>GCM, CCM and ChaCha20-Poly1305: {@link io.esp4j.crypto.natives.ipsecmb.AeadSession}.
 *   <li>GMAC: {@link io.esp4j.crypto.natives.ipsecmb.GmacSession}.
 *   <li>CBC or NULL with an HMAC: {@link io.esp4j.crypto.natives.ipsecmb.HmacSession}; opening hashes first and decrypts only
 *       what was genuine.
 * </ul>
 *
 * <p>The library never compares an ICV and never checks a length on this path: both are done here. Positions of fields
 * depend on the version ({@link io.esp4j.crypto.natives.ipsecmb.Layout}); a version that is not in the table is refused,
 * and when the library is loaded, a manager is asked where its jobs are. Expanded keys depend on the
 * processor generation that expanded them, which is therefore one per provider.
 */
package io.esp4j.crypto.natives.ipsecmb;
