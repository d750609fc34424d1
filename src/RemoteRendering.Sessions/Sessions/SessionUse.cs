namespace RemoteRendering.Sessions.Sessions;

/// <summary>
/// Tells from the connection of a session whether somebody uses it. Whoever loses a connection without wanting to is probably on the way back, and would come back to a session that
/// has just expired; so use goes on for a while after such an end. Not thread-safe.
/// </summary>
internal sealed class SessionUse(TimeProvider time)
{
    /// <summary>How long use goes on after a connection was lost, in time that this device is awake.</summary>
    public static readonly TimeSpan AfterLoss = TimeSpan.FromMinutes(2);

    private long? _lastUse;

    /// <summary>Whether a connection ended because somebody wanted it to, or for another's sake.</summary>
    public static bool IsLettingGo(RenderingConnectionReason reason)
        => reason is RenderingConnectionReason.DisconnectRequest or RenderingConnectionReason.Cancelled
            or RenderingConnectionReason.TakenOver or RenderingConnectionReason.OtherSessionConnected or RenderingConnectionReason.LinkSuperseded;

    /// <summary>Looks at the connection; to be called at least every few seconds, because use is known only from the looks.</summary>
    /// <param name="status">The status of the connection.</param>
    /// <param name="end">Why it ended, when it has.</param>
    /// <returns>Whether the session is in use.</returns>
    public bool Look(ConnectionStatus status, RenderingConnectionReason? end)
    {
        if (status is ConnectionStatus.Connected or ConnectionStatus.Reconnecting)
        {
            _lastUse = time.GetTimestamp();
            return true;
        }

        if (end is { } reason && IsLettingGo(reason))
        {
            _lastUse = null;
        }

        return _lastUse is { } last && time.GetElapsedTime(last) < AfterLoss;
    }
}
