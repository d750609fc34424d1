using System.Globalization;

namespace RemoteRendering.Sessions.Emulator;

/// <summary>Something that goes wrong with one request, before or after the service has acted on it. Immutable.</summary>
public sealed class EmulatorFault
{
    private EmulatorFault(EmulatorFaultKind kind, bool isAfterEffect, TimeSpan time = default, int statusCode = 0)
    {
        Kind = kind;
        IsAfterEffect = isAfterEffect;
        Time = time;
        StatusCode = statusCode;
    }

    /// <summary>Gets a fault that breaks the connection before the service has seen the request.</summary>
    public static EmulatorFault CutBeforeEffect { get; } = new(EmulatorFaultKind.Cut, isAfterEffect: false);

    /// <summary>Gets a fault that breaks the connection when the service has acted and the answer is lost.</summary>
    public static EmulatorFault CutAfterEffect { get; } = new(EmulatorFaultKind.Cut, isAfterEffect: true);

    /// <summary>Gets a fault that swallows the request: no effect, no answer.</summary>
    public static EmulatorFault HalfOpenBeforeEffect { get; } = new(EmulatorFaultKind.HalfOpen, isAfterEffect: false);

    /// <summary>Gets a fault that swallows the answer when the service has acted.</summary>
    public static EmulatorFault HalfOpenAfterEffect { get; } = new(EmulatorFaultKind.HalfOpen, isAfterEffect: true);

    /// <summary>Gets a fault that delivers half of the answer's body and breaks the connection; an answer without a body is cut.</summary>
    public static EmulatorFault TruncatedBody { get; } = new(EmulatorFaultKind.Truncate, isAfterEffect: true);

    /// <summary>Gets a fault of updates: the service answers with success and the lease of before, and the lease stays as it is.</summary>
    public static EmulatorFault NeverApplied { get; } = new(EmulatorFaultKind.NeverApplied, isAfterEffect: true);

    /// <summary>Gets what happens.</summary>
    public EmulatorFaultKind Kind { get; }

    /// <summary>Gets whether the service has acted on the request when it happens.</summary>
    public bool IsAfterEffect { get; }

    /// <summary>
    /// Gets the length of a delay, how long after its answer an update takes effect, or what <c>Retry-After</c> says with a status; zero
    /// for none.
    /// </summary>
    public TimeSpan Time { get; }

    /// <summary>Gets the status of a fault that answers; otherwise 0.</summary>
    public int StatusCode { get; }

    /// <summary>Makes a fault that holds a request back before the service sees it, on the emulator's clock.</summary>
    /// <param name="time">How long; positive.</param>
    /// <returns>The fault.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="time"/> is not positive.</exception>
    public static EmulatorFault DelayBeforeEffect(TimeSpan time) => new(EmulatorFaultKind.Delay, isAfterEffect: false, Positive(time));

    /// <summary>Makes a fault that holds an answer back when the service has acted, on the emulator's clock.</summary>
    /// <param name="time">How long; positive.</param>
    /// <returns>The fault.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="time"/> is not positive.</exception>
    public static EmulatorFault DelayAfterEffect(TimeSpan time) => new(EmulatorFaultKind.Delay, isAfterEffect: true, Positive(time));

    /// <summary>Makes a fault that answers 429 before the service sees the request.</summary>
    /// <param name="retryAfter">What <c>Retry-After</c> says, in whole seconds, rounded up.</param>
    /// <returns>The fault.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="retryAfter"/> is not positive.</exception>
    public static EmulatorFault Throttled(TimeSpan retryAfter)
        => new(EmulatorFaultKind.Status, isAfterEffect: false, Positive(retryAfter), 429);

    /// <summary>Makes a fault that answers with an error status before the service sees the request.</summary>
    /// <param name="statusCode">400 to 599.</param>
    /// <returns>The fault.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="statusCode"/> is out of range.</exception>
    public static EmulatorFault StatusBeforeEffect(int statusCode)
        => new(EmulatorFaultKind.Status, isAfterEffect: false, statusCode: Error(statusCode));

    /// <summary>Makes a fault that answers with an error status although the service has acted, as a failing gateway does.</summary>
    /// <param name="statusCode">400 to 599.</param>
    /// <returns>The fault.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="statusCode"/> is out of range.</exception>
    public static EmulatorFault StatusAfterEffect(int statusCode)
        => new(EmulatorFaultKind.Status, isAfterEffect: true, statusCode: Error(statusCode));

    /// <summary>
    /// Makes a fault of updates: the service answers with success and the lease of before, and applies the new one later, on the emulator's
    /// clock. A session whose lease ends before that stays ended.
    /// </summary>
    /// <param name="time">How long after the answer; positive.</param>
    /// <returns>The fault.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="time"/> is not positive.</exception>
    public static EmulatorFault AppliedLate(TimeSpan time) => new(EmulatorFaultKind.AppliedLate, isAfterEffect: true, Positive(time));

    /// <summary>Gets a value indicating whether only an update can have this fault.</summary>
    internal bool IsOfUpdates => Kind is EmulatorFaultKind.AppliedLate or EmulatorFaultKind.NeverApplied;

    /// <summary>Names the fault as the request log and the history do.</summary>
    /// <returns>For example <c>cut after effect</c>.</returns>
    public override string ToString()
    {
        if (IsOfUpdates)
        {
            return Kind == EmulatorFaultKind.NeverApplied
                ? "never applied"
                : string.Create(CultureInfo.InvariantCulture, $"applied {Time.TotalMilliseconds} ms late");
        }

        string what = Kind switch
        {
            EmulatorFaultKind.Delay => string.Create(CultureInfo.InvariantCulture, $"delay of {Time.TotalMilliseconds} ms"),
            EmulatorFaultKind.Status => string.Create(CultureInfo.InvariantCulture, $"status {StatusCode}"),
            EmulatorFaultKind.Cut => "cut",
            EmulatorFaultKind.Truncate => "truncated body",
            _ => "half-open",
        };
        return what + (IsAfterEffect ? " after effect" : " before effect");
    }

    private static TimeSpan Positive(TimeSpan time)
        => time > TimeSpan.Zero ? time : throw new ArgumentOutOfRangeException(nameof(time), time, "The time must be positive.");

    private static int Error(int statusCode)
        => statusCode is >= 400 and <= 599
            ? statusCode
            : throw new ArgumentOutOfRangeException(nameof(statusCode), statusCode, "The status must be 400 to 599.");
}
