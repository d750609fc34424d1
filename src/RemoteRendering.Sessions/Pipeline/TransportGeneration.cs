using Azure.Core.Pipeline;

namespace RemoteRendering.Sessions.Pipeline;

/// <summary>A transport with its pool of connections, until it is replaced. One of our own is disposed when the last request on it has its answer.</summary>
internal sealed class TransportGeneration(HttpPipelineTransport transport, bool isOwned, int losses)
{
    private int _requests;
    private bool _isRetired;

    public HttpPipelineTransport Transport => transport;

    /// <summary>Gets how many links had been lost when it was made.</summary>
    public int Losses => losses;

    public void Enter_NeedsLock() => _requests++;

    /// <returns>Whether it is to be disposed.</returns>
    public bool Leave_NeedsLock() => --_requests == 0 && _isRetired && isOwned;

    /// <returns>Whether it is to be disposed.</returns>
    public bool Retire_NeedsLock()
    {
        _isRetired = true;
        return _requests == 0 && isOwned;
    }

    public void Dispose() => (transport as IDisposable)?.Dispose();
}
