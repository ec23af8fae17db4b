package io.hsu;

import io.hsu.internal.Require;
import io.hsu.spi.RestartPolicy;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Whether, how often and how fast a process is restarted. Immutable and safe for use by many threads: every method
 * that sets something returns a changed copy.
 *
 * <p>Which causes lead to a restart is the policy's to say:
 *
 * <table>
 * <caption>Cause and policy</caption>
 * <tr><th>cause</th><th>never</th><th>onFailure</th><th>always</th><th>unlessStopped</th></tr>
 * <tr><td>clean exit</td><td>stopped</td><td>stopped</td><td>restart</td><td>restart</td></tr>
 * <tr><td>failure exit, unexpected signal, start timeout</td>
 *     <td>failed</td><td>restart</td><td>restart</td><td>restart</td></tr>
 * <tr><td>health failure, resource violation</td>
 *     <td>failed</td><td>restart</td><td>restart</td><td>restart</td></tr>
 * <tr><td>executable missing and its like</td>
 *     <td>failed</td><td>failed</td><td>failed</td><td>failed</td></tr>
 * <tr><td>stopped by the user</td><td>stopped</td><td>stopped</td><td>stopped</td><td>stopped</td></tr>
 * </table>
 *
 * <p>The k-th delay is {@code delay × severity × profile × factor^(k-1)}, at most the back-off's cap. Severity and
 * profile multiply the number of retries too (rounded down, never below 1 unless it was 0). Crashes, failed health
 * checks and broken limits have budgets of their own. All counts return to zero after the process has run for
 * {@link #resetAfter}; those for broken limits after {@link #sustainedViolation} more, if it is above no limit then that could end it.
 *
 * <p>Defaults: 3 retries, 5 s × 1.5; the same for health failures; 2 retries more and twice the delay for resource
 * violations, which must last for 5 min; startup grace 2 min; reset after 60 s; breaker 5 failures in 60 s, open for 5 min.
 */
public final class Restart {

    /** The name of {@link #never()}. */
    public static final String NEVER = "never";
    /** The name of {@link #onFailure()}. */
    public static final String ON_FAILURE = "on-failure";
    /** The name of {@link #always()}. */
    public static final String ALWAYS = "always";
    /** The name of {@link #unlessStopped()}. */
    public static final String UNLESS_STOPPED = "unless-stopped";

    private static final RetryBudget DEFAULT_BUDGET =
            RetryBudget.of(3, Backoff.exponential(Duration.ofSeconds(5), 1.5));

    /** Of a thousand processes, most have this one. */
    private static final Restart DEFAULT = policy(ON_FAILURE);

    private final String policyName;
    private final RestartPolicy policy;
    private final RetryBudget budget;
    private final RetryBudget healthBudget;
    private final RetryBudget resourceBudget;
    private final Map<Severity, Double> severityMultipliers;
    private final Map<ProcessProfile, Double> profileMultipliers;
    private final Duration startupGrace;
    private final Duration spikeTolerance;
    private final Duration sustainedViolation;
    private final Duration resetAfter;
    private final CircuitBreaker circuitBreaker;

    private Restart(Draft draft) {
        this.policyName = draft.policyName;
        this.policy = draft.policy;
        this.budget = draft.budget;
        this.healthBudget = draft.healthBudget;
        this.resourceBudget = draft.resourceBudget;
        this.severityMultipliers = Map.copyOf(draft.severityMultipliers);
        this.profileMultipliers = Map.copyOf(draft.profileMultipliers);
        this.startupGrace = draft.startupGrace;
        this.spikeTolerance = draft.spikeTolerance;
        this.sustainedViolation = draft.sustainedViolation;
        this.resetAfter = draft.resetAfter;
        this.circuitBreaker = draft.circuitBreaker;
    }

    /** {@return never: what ends stays ended} */
    public static Restart never() {
        return policy(NEVER);
    }

    /** {@return on failure, the default: a clean exit is an end, everything else is not} */
    public static Restart onFailure() {
        return DEFAULT;
    }

    /** {@return always: a clean exit is followed by a restart too} */
    public static Restart always() {
        return policy(ALWAYS);
    }

    /** {@return unless stopped: as always, but a user's stop outlives the manager} */
    public static Restart unlessStopped() {
        return policy(UNLESS_STOPPED);
    }

    /**
     * {@return the policy that a {@link io.hsu.spi.RestartPolicyProvider} offers under a name}
     *
     * @param name the provider's name; an unknown one is refused when the process is registered
     */
    public static Restart policy(String name) {
        Draft draft = new Draft();
        draft.policyName = Require.nonBlank(name, "name");
        return new Restart(draft);
    }

    /** {@return a policy of your own} */
    public static Restart policy(RestartPolicy policy) {
        Draft draft = new Draft();
        draft.policy = Require.nonNull(policy, "policy");
        draft.policyName = "custom";
        return new Restart(draft);
    }

    /** Sets how many restarts in a row follow a crash before the manager gives up; 0: none. */
    public Restart maxRetries(int maxRetries) {
        return with(draft -> draft.budget = RetryBudget.of(maxRetries, budget.backoff()));
    }

    /** Lets crashes be followed by restarts without end. */
    public Restart unlimitedRetries() {
        return with(draft -> draft.budget = RetryBudget.unlimited(budget.backoff()));
    }

    /** Sets the delays between restarts after crashes. */
    public Restart backoff(Backoff backoff) {
        return with(draft -> draft.budget = new RetryBudget(budget.maxRetries(), backoff));
    }

    /** Sets the budget for restarts after failed health checks; without it, the one for crashes. */
    public Restart onHealthFailure(RetryBudget budget) {
        return with(draft -> draft.healthBudget = Require.nonNull(budget, "budget"));
    }

    /** Sets the budget for restarts after broken limits; without it, 2 retries more and twice the delay of crashes. */
    public Restart onResourceViolation(RetryBudget budget) {
        return with(draft -> draft.resourceBudget = Require.nonNull(budget, "budget"));
    }

    /** Sets what retries and delays are multiplied with at a severity. Defaults: 0.5, 1 and 2. */
    public Restart severityMultiplier(Severity severity, double multiplier) {
        Require.nonNull(severity, "severity");
        return with(draft -> draft.severityMultipliers.put(severity, multiplier(multiplier)));
    }

    /**
     * Sets what retries and delays are multiplied with for a profile. Defaults: batch 3, web 1, database 5, worker 2,
     * scheduler 2.5, default 1.
     */
    public Restart profileMultiplier(ProcessProfile profile, double multiplier) {
        Require.nonNull(profile, "profile");
        return with(draft -> draft.profileMultipliers.put(profile, multiplier(multiplier)));
    }

    /** Sets how long after a launch failed health checks and broken limits do not restart. Default: 2 minutes. */
    public Restart startupGrace(Duration startupGrace) {
        return with(draft -> draft.startupGrace = Require.notNegative(startupGrace, "startupGrace"));
    }

    /** Sets how long a limit may be broken before anything follows from it, or anybody is told. Default: no time. */
    public Restart spikeTolerance(Duration tolerance) {
        return with(draft -> draft.spikeTolerance = Require.notNegative(tolerance, "spikeTolerance"));
    }

    /**
     * Sets how long a limit must be broken, at each look, before the process is ended or restarted for it. What does not end it
     * (log, alert, throttle) is done before. Default: 5 minutes.
     */
    public Restart sustainedViolation(Duration time) {
        return with(draft -> draft.sustainedViolation = Require.notNegative(time, "sustainedViolation"));
    }

    /**
     * Sets how long a run must last for all counts to return to zero, but those for broken limits, which take {@link
     * #sustainedViolation} more. Default: 60 seconds.
     */
    public Restart resetAfter(Duration resetAfter) {
        return with(draft -> draft.resetAfter = Require.positive(resetAfter, "resetAfter"));
    }

    /** Sets when the circuit breaker opens. */
    public Restart circuitBreaker(CircuitBreaker circuitBreaker) {
        return with(draft -> draft.circuitBreaker = Require.nonNull(circuitBreaker, "circuitBreaker"));
    }

    /** Does without a circuit breaker. */
    public Restart noCircuitBreaker() {
        return with(draft -> draft.circuitBreaker = null);
    }

    /** {@return the policy's name; {@code "custom"} for an instance} */
    public String policyName() {
        return policyName;
    }

    /** {@return the policy itself, if it was given as an instance} */
    public Optional<RestartPolicy> policyInstance() {
        return Optional.ofNullable(policy);
    }

    /** {@return the budget for crashes and failed starts} */
    public RetryBudget budget() {
        return budget;
    }

    /** {@return the budget for failed health checks} */
    public RetryBudget healthBudget() {
        return healthBudget != null ? healthBudget : budget;
    }

    /** {@return the budget for broken limits} */
    public RetryBudget resourceBudget() {
        if (resourceBudget != null) {
            return resourceBudget;
        }
        Backoff base = budget.backoff();
        Backoff slower = new Backoff(base.delay().multipliedBy(2), base.factor(), base.cap(), base.jitter());
        return budget.maxRetries().isEmpty()
                ? RetryBudget.unlimited(slower)
                : RetryBudget.of((int) Math.min(budget.maxRetries().getAsInt() + 2L, Integer.MAX_VALUE), slower);
    }

    /** {@return the multiplier of a severity} */
    public double multiplier(Severity severity) {
        return severityMultipliers.get(severity);
    }

    /** {@return the multiplier of a profile} */
    public double multiplier(ProcessProfile profile) {
        return profileMultipliers.get(profile);
    }

    /** {@return how long after a launch failed health checks and broken limits do not restart} */
    public Duration startupGrace() {
        return startupGrace;
    }

    /** {@return how long a limit may be broken before anything follows from it} */
    public Duration spikeTolerance() {
        return spikeTolerance;
    }

    /** {@return how long a limit must be broken before the process is ended or restarted for it} */
    public Duration sustainedViolation() {
        return sustainedViolation;
    }

    /** {@return how long a run must last for all counts to return to zero, but those for broken limits} */
    public Duration resetAfter() {
        return resetAfter;
    }

    /** {@return the circuit breaker, unless there is none} */
    public Optional<CircuitBreaker> circuitBreaker() {
        return Optional.ofNullable(circuitBreaker);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Restart that
                && policyName.equals(that.policyName)
                && Objects.equals(policy, that.policy)
                && budget.equals(that.budget)
                && healthBudget().equals(that.healthBudget())
                && resourceBudget().equals(that.resourceBudget())
                && severityMultipliers.equals(that.severityMultipliers)
                && profileMultipliers.equals(that.profileMultipliers)
                && startupGrace.equals(that.startupGrace)
                && spikeTolerance.equals(that.spikeTolerance)
                && sustainedViolation.equals(that.sustainedViolation)
                && resetAfter.equals(that.resetAfter)
                && Objects.equals(circuitBreaker, that.circuitBreaker);
    }

    @Override
    public int hashCode() {
        return Objects.hash(policyName, policy, budget, healthBudget(), resourceBudget(), startupGrace, resetAfter);
    }

    @Override
    public String toString() {
        return "Restart[%s, %s]".formatted(policyName, budget);
    }

    private static double multiplier(double value) {
        Require.argument(value > 0 && value < Double.POSITIVE_INFINITY, "multiplier must be above 0, but is %s", value);
        return value;
    }

    private Restart with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return new Restart(draft);
    }

    /** The fields while they change; never leaves this class. */
    private static final class Draft {
        String policyName;
        RestartPolicy policy;
        RetryBudget budget = DEFAULT_BUDGET;
        RetryBudget healthBudget;
        RetryBudget resourceBudget;
        final Map<Severity, Double> severityMultipliers = new EnumMap<>(Severity.class);
        final Map<ProcessProfile, Double> profileMultipliers = new EnumMap<>(ProcessProfile.class);
        Duration startupGrace = Duration.ofMinutes(2);
        Duration spikeTolerance = Duration.ZERO;
        Duration sustainedViolation = Duration.ofMinutes(5);
        Duration resetAfter = Duration.ofSeconds(60);
        CircuitBreaker circuitBreaker = CircuitBreaker.DEFAULT;

        Draft() {
            severityMultipliers.put(Severity.WARNING, 0.5);
            severityMultipliers.put(Severity.CRITICAL, 1.0);
            severityMultipliers.put(Severity.EMERGENCY, 2.0);
            profileMultipliers.put(ProcessProfile.BATCH, 3.0);
            profileMultipliers.put(ProcessProfile.WEB, 1.0);
            profileMultipliers.put(ProcessProfile.DATABASE, 5.0);
            profileMultipliers.put(ProcessProfile.WORKER, 2.0);
            profileMultipliers.put(ProcessProfile.SCHEDULER, 2.5);
            profileMultipliers.put(ProcessProfile.DEFAULT, 1.0);
        }

        Draft(Restart from) {
            policyName = from.policyName;
            policy = from.policy;
            budget = from.budget;
            healthBudget = from.healthBudget;
            resourceBudget = from.resourceBudget;
            severityMultipliers.putAll(from.severityMultipliers);
            profileMultipliers.putAll(from.profileMultipliers);
            startupGrace = from.startupGrace;
            spikeTolerance = from.spikeTolerance;
            sustainedViolation = from.sustainedViolation;
            resetAfter = from.resetAfter;
            circuitBreaker = from.circuitBreaker;
        }
    }
}
