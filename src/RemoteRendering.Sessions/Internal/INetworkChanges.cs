namespace RemoteRendering.Sessions.Internal;

/// <summary>Tells when the network addresses of this device change.</summary>
internal interface INetworkChanges
{
    /// <summary>Begins to listen.</summary>
    /// <param name="changed">Called on any thread, also several times for one change; must not block and must not throw.</param>
    /// <returns>Ends the listening; <see langword="null"/> where the platform does not tell.</returns>
    IDisposable? Subscribe(Action changed);
}
