namespace RemoteRendering.Sessions.Scene.Sync;

/// <summary>Where a page of entities begins.</summary>
internal readonly struct ListCursor(uint after, int part)
{
    /// <summary>Gets the last entity that is known as a whole.</summary>
    public uint After => after;

    /// <summary>Gets how many parts of the mesh of the next entity are known.</summary>
    public int Part => part;

    public bool IsBehind(ListCursor other) => After > other.After || (After == other.After && Part > other.Part);
}
