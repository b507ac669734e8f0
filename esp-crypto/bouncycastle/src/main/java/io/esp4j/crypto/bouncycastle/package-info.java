/** The provider on Bouncy Castle's lightweight API. */
package io.esp4j.crypto.bouncycastle;
