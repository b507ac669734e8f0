/** Native providers. */
module io.esp4j.crypto.natives {
    requires io.esp4j.crypto;
    requires org.jnrproject.ffi;
}
