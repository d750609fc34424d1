using RemoteRendering.Sessions.Connections.Messages;

namespace RemoteRendering.Sessions.Connections.Links;

/// <summary>What lives on a binding and goes with it. Called on the thread that receives or ends: must not block, must not throw.</summary>
internal interface IHostBindingPart
{
    /// <summary>The host has given up the binding, with all that it kept for it, and has made a new one.</summary>
    void OnBindingLost(BindAnswer answer);

    /// <summary>The connection has ended.</summary>
    void OnClosed(ConnectionFailure failure);

    /// <summary>A picture came that nobody asks for one by one.</summary>
    /// <param name="preview">What it is a picture of.</param>
    /// <param name="number">Its number; grows.</param>
    /// <param name="bytes">The picture; good only during the call.</param>
    void OnPicture(uint preview, long number, ReadOnlySpan<byte> bytes);
}
