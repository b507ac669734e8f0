/** ESP transforms, the provider seam and the JDK provider. A leaf. */
module io.esp4j.crypto {}
