package io.esp4j.dataplane;

import io.esp4j.crypto.Transform;
import io.esp4j.sa.SaBuilder;
import io.esp4j.sa.SaParameters;
import io.esp4j.wire.IpAddress;
import java.util.List;

/** Parameters for tests: outer addresses 192.0.2.1 and .2, or 2001:db8::1 and ::2. Stateless. */
final class Sas {
    static final int SPI = 0x1000;
    static final Transform GCM = Transform.named("aes128gcm16");
    static final Transform CBC = Transform.named("aes128-sha256");
    static final Transform NULL = Transform.named("null-sha256");

    private Sas() {}

    static List<Transform> transforms() {
        return Transform.all();
    }

    static SaBuilder tunnel(Transform transform) {
        return tunnel(transform, false);
    }

    static SaBuilder tunnel(Transform transform, boolean v6) {
        return SaParameters.tunnel(SPI, transform, outerSource(v6), outerDestination(v6))
                .legacy(true);
    }

    /** Transport mode between the addresses that test packets have. */
    static SaBuilder transport(Transform transform, boolean v6) {
        return SaParameters.transport(SPI, transform, innerSource(v6), innerDestination(v6))
                .legacy(true);
    }

    static SaBuilder beet(Transform transform, boolean outerV6, boolean innerV6) {
        return SaParameters.beet(
                        SPI,
                        transform,
                        outerSource(outerV6),
                        outerDestination(outerV6),
                        innerSource(innerV6),
                        innerDestination(innerV6))
                .legacy(true);
    }

    static IpAddress outerSource(boolean v6) {
        return IpAddress.parse(v6 ? "2001:db8::1" : "192.0.2.1");
    }

    static IpAddress outerDestination(boolean v6) {
        return IpAddress.parse(v6 ? "2001:db8::2" : "192.0.2.2");
    }

    static IpAddress innerSource(boolean v6) {
        return IpAddress.parse(v6 ? "2001:db8:1::1" : "10.1.0.1");
    }

    static IpAddress innerDestination(boolean v6) {
        return IpAddress.parse(v6 ? "2001:db8:2::2" : "10.2.0.2");
    }
}
