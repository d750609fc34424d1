namespace RemoteRendering.Sessions.Internal;

/// <summary>Reports changes of the network addresses of this device.</summary>
internal interface INetworkChanges
{
    /// <summary>Subscribes to changes.</summary>
    /// <param name="changed">Called on any thread, also several times for one change; must not block and must not throw.</param>
    /// <returns>An object that ends the subscription; <see langword="null"/> if the platform does not report changes.</returns>
    IDisposable? Subscribe(Action changed);
}
