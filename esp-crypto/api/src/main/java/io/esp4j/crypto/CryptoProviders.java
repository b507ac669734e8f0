package io.esp4j.crypto;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/**
 * The crypto providers of this process, and the choice among them.
 *
 * <p>The choice for a transform is the first provider of a fixed order that is available, computes the transform and
 * passes its known-answer test. The order is a judgement about typical machines, the same on each of them, so that a
 * process does not compute with one library today and another one tomorrow; {@link #measure} is there for those who
 * want figures, and {@link #named} for those who want to decide themselves.
 *
 * <p>Every provider that is handed out here is guarded: its {@code expand} runs the known-answer test of a transform,
 * once, before the first key, and refuses if that failed. Looking for the native libraries and testing them takes time and
 * memory each time, so a process that needs providers in several places loads them once and shares them. A provider that fails at one
 * transform is excluded for that transform only, so the outcome does not depend on which is used first.
 *
 * <p>Threads: safe to share.
 */
public final class CryptoProviders {
    private static final List<String> ORDER = List.of("ipsec-mb", "openssl", "jdk-intrinsics", "jdk", "bouncycastle");

    /** A loader that fails this often finds nothing new any more. */
    private static final int MAXIMUM_BROKEN = 64;

    private final List<GuardedProvider> providers;
    private final List<ProviderReport> broken;

    private CryptoProviders(List<GuardedProvider> providers, List<ProviderReport> broken) {
        this.providers = providers;
        this.broken = broken;
    }

    /**
     * The providers that the context class loader finds.
     *
     * @return those found; one that can't be made is in {@link #report()} with the reason, and does no harm
     */
    public static CryptoProviders load() {
        return load(Thread.currentThread().getContextClassLoader());
    }

    /**
     * The providers that a class loader finds.
     *
     * @param loader the loader to ask
     * @return those found; one that can't be made is in {@link #report()} with the reason, and does no harm
     */
    public static CryptoProviders load(ClassLoader loader) {
        List<ProviderReport> broken = new ArrayList<>();
        return of(discover(loader, broken), broken);
    }

    /** One by one, so that one that can't be made takes no other with it. */
    private static List<CryptoProvider> discover(ClassLoader loader, List<ProviderReport> broken) {
        List<CryptoProvider> found = new ArrayList<>();
        Iterator<ServiceLoader.Provider<CryptoProvider>> services =
                ServiceLoader.load(CryptoProvider.class, loader).stream().iterator();
        while (broken.size() < MAXIMUM_BROKEN) {
            String name = "unknown";
            try {
                if (!services.hasNext()) {
                    break;
                }
                ServiceLoader.Provider<CryptoProvider> service = services.next();
                name = service.type().getName();
                found.add(service.get());
            } catch (ServiceConfigurationError | LinkageError e) {
                broken.add(new ProviderReport(name, Availability.unavailable(reason(e)), List.of()));
            }
        }
        return found;
    }

    /**
     * These providers and no others.
     *
     * @param providers the providers, with different names
     * @return a choice among them, in the fixed order, those that it does not know behind the others
     */
    public static CryptoProviders of(List<CryptoProvider> providers) {
        return of(providers, List.of());
    }

    private static CryptoProviders of(List<CryptoProvider> providers, List<ProviderReport> broken) {
        List<GuardedProvider> guarded = new ArrayList<>();
        for (CryptoProvider provider : providers) {
            guarded.add(new GuardedProvider(provider));
        }
        guarded.sort(Comparator.comparingInt(CryptoProviders::rank));
        return new CryptoProviders(List.copyOf(guarded), List.copyOf(broken));
    }

    private static int rank(CryptoProvider provider) {
        int rank = ORDER.indexOf(provider.name());
        return rank < 0 ? ORDER.size() : rank;
    }

    /**
     * The default provider of a transform.
     *
     * @param transform the transform
     * @return the first of the order that is available, computes it and passes its known-answer test
     * @throws IllegalStateException if none does; the message says why of each
     */
    public CryptoProvider select(Transform transform) {
        StringBuilder reasons = new StringBuilder();
        for (GuardedProvider provider : providers) {
            String obstacle = provider.obstacle(transform);
            if (obstacle == null) {
                return provider;
            }
            reasons.append("; ").append(provider.name()).append(": ").append(obstacle);
        }
        for (ProviderReport report : broken) {
            reasons.append("; ")
                    .append(report.name())
                    .append(": ")
                    .append(report.availability().detail());
        }
        throw new IllegalStateException("no crypto provider computes " + transform + reasons);
    }

    /**
     * A provider by its name.
     *
     * @param name a name such as {@code openssl}
     * @return the provider, available or not
     * @throws IllegalArgumentException if there is none of that name; the message names those that there are
     */
    public CryptoProvider named(String name) {
        for (GuardedProvider provider : providers) {
            if (provider.name().equals(name)) {
                return provider;
            }
        }
        throw new IllegalArgumentException("unknown crypto provider \"" + name + "\": expected one of " + names());
    }

    /** {@return the names of the providers found, in their order} */
    public List<String> names() {
        return providers.stream().map(GuardedProvider::name).toList();
    }

    /**
     * A provider that computes by way of the Java Cryptography Architecture with a provider of that, such as Amazon
     * Corretto's. Never chosen by itself.
     *
     * @param jcaProvider the name under which it is installed in {@link java.security.Security}
     * @return a provider named {@code jca:} and that name, unavailable if it is not installed
     */
    public static CryptoProvider jca(String jcaProvider) {
        for (CryptoProvider provider : discover(CryptoProviders.class.getClassLoader(), new ArrayList<>())) {
            if (provider instanceof JcaBinding binding) {
                return new GuardedProvider(binding.bind(jcaProvider));
            }
        }
        throw new IllegalStateException("the jdk provider is missing from the class path");
    }

    /**
     * Runs every known-answer test that has not run yet.
     *
     * @return a report of each provider, in the order of choice, those that could not be made last
     */
    public List<ProviderReport> report() {
        List<ProviderReport> reports = new ArrayList<>();
        for (GuardedProvider provider : providers) {
            reports.add(provider.report());
        }
        reports.addAll(broken);
        return reports;
    }

    /**
     * Measures what a provider takes for packets of one length: a rough figure of this process on this machine now,
     * after a warm-up of half a second to three seconds.
     *
     * @param provider the provider
     * @param transform a transform that it computes
     * @param textOctets what is encrypted: payload, padding, pad length and next header; rounded up to the alignment
     * @return the figures
     * @throws IllegalStateException if a packet of that length ends as anything but done
     */
    public static CryptoCost measure(CryptoProvider provider, Transform transform, int textOctets) {
        return CryptoMeter.measure(provider, transform, textOctets);
    }

    static String reason(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        String message = root.getClass().getSimpleName() + ": " + root.getMessage();
        return root == failure ? message : failure.getMessage() + " (" + message + ")";
    }
}
