namespace RemoteRendering.Sessions.Sessions;

/// <summary>
/// Determines from the connection of a session whether the session is in use. A device that loses its connection unintentionally probably
/// comes back, and must not find a session that has just expired; so the session counts as in use for 2 minutes after such an end. Not
/// thread-safe.
/// </summary>
internal sealed class SessionUse(TimeProvider time)
{
    /// <summary>
    /// The time for which a session counts as in use after its connection was lost, without the time this device sleeps: 2 minutes.
    /// </summary>
    public static readonly TimeSpan AfterLoss = TimeSpan.FromMinutes(2);

    private long? _lastUse;

    /// <summary>Returns whether a connection ended intentionally, or because another device or instance took its place.</summary>
    public static bool IsIntended(RenderingConnectionReason reason)
        => reason is RenderingConnectionReason.DisconnectRequest or RenderingConnectionReason.Cancelled
            or RenderingConnectionReason.TakenOver or RenderingConnectionReason.OtherSessionConnected
                or RenderingConnectionReason.LinkSuperseded;

    /// <summary>Updates the state from the connection. Call it at least every few seconds: use is known only from these calls.</summary>
    /// <param name="status">The status of the connection.</param>
    /// <param name="end">The reason the connection ended, if it has.</param>
    /// <returns>Whether the session is in use.</returns>
    public bool Look(ConnectionStatus status, RenderingConnectionReason? end)
    {
        if (status is ConnectionStatus.Connected or ConnectionStatus.Reconnecting)
        {
            _lastUse = time.GetTimestamp();
            return true;
        }

        if (end is { } reason && IsIntended(reason))
        {
            _lastUse = null;
        }

        return _lastUse is { } last && time.GetElapsedTime(last) < AfterLoss;
    }
}
