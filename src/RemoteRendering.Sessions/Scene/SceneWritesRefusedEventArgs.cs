namespace RemoteRendering.Sessions.Scene;

/// <summary>Provides the writes of one batch that the host did not apply. Local and remote scene differ by these.</summary>
public class SceneWritesRefusedEventArgs : EventArgs
{
    /// <summary>Creates the arguments.</summary>
    /// <param name="writes">The refused writes.</param>
    /// <exception cref="ArgumentNullException"><paramref name="writes"/> is null.</exception>
    public SceneWritesRefusedEventArgs(IReadOnlyList<RefusedSceneWrite> writes)
        => Writes = writes ?? throw new ArgumentNullException(nameof(writes));

    /// <summary>Gets the refused writes. Hosts report the first 16 of a batch.</summary>
    public IReadOnlyList<RefusedSceneWrite> Writes { get; }
}
