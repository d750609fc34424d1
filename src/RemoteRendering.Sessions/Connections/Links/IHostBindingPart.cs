using RemoteRendering.Sessions.Connections.Messages;

namespace RemoteRendering.Sessions.Connections.Links;

/// <summary>
/// A part that uses a binding and ends with it. Called on the thread that receives or ends: must not block, must not throw.
/// </summary>
internal interface IHostBindingPart
{
    /// <summary>The host has lost the binding with its state, and has created a new one.</summary>
    void OnBindingLost(BindAnswer answer);

    /// <summary>The connection has ended.</summary>
    void OnClosed(ConnectionFailure failure);

    /// <summary>A preview frame arrived.</summary>
    /// <param name="preview">The id of the preview.</param>
    /// <param name="number">The number of the picture; it increases.</param>
    /// <param name="bytes">The picture; valid only during the call.</param>
    void OnPicture(uint preview, long number, ReadOnlySpan<byte> bytes);
}
