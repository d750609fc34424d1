using RemoteRendering.Sessions.Connections.Controller;
using RemoteRendering.Sessions.Connections.Messages;

namespace RemoteRendering.Sessions.Connections.Runs;

/// <summary>Represents the plan after a failure: wait and try again, or stop.</summary>
internal readonly struct ReconnectPlan
{
    private ReconnectPlan(TimeSpan delay, ConnectionTrigger? stop, ConnectionFailure failure)
    {
        Delay = delay;
        Stop = stop;
        Failure = failure;
    }

    public TimeSpan Delay { get; }

    /// <summary>Gets the trigger that ends the connection; <see langword="null"/> to try again.</summary>
    public ConnectionTrigger? Stop { get; }

    /// <summary>Gets the failure.</summary>
    public ConnectionFailure Failure { get; }

    public static ReconnectPlan TryAfter(TimeSpan delay, ConnectionFailure failure) => new(delay, null, failure);

    public static ReconnectPlan End(ConnectionTrigger trigger, ConnectionFailure failure) => new(default, trigger, failure);
}
