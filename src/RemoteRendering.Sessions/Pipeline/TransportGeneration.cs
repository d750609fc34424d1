using Azure.Core.Pipeline;

namespace RemoteRendering.Sessions.Pipeline;

/// <summary>
/// Represents a transport with its connection pool, until it is replaced. A transport that the library created is disposed when its last
/// request has ended.
/// </summary>
internal sealed class TransportGeneration(HttpPipelineTransport transport, bool isOwned, int losses)
{
    private int _requests;
    private bool _isRetired;

    public HttpPipelineTransport Transport => transport;

    /// <summary>Gets the number of lost links at its creation.</summary>
    public int Losses => losses;

    public void Enter_NeedsLock() => _requests++;

    /// <returns>Whether it must be disposed.</returns>
    public bool Leave_NeedsLock() => --_requests == 0 && _isRetired && isOwned;

    /// <returns>Whether it must be disposed.</returns>
    public bool Retire_NeedsLock()
    {
        _isRetired = true;
        return _requests == 0 && isOwned;
    }

    public void Dispose() => (transport as IDisposable)?.Dispose();
}
