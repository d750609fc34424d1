namespace RemoteRendering.Sessions.Scene.Sync;

/// <summary>Represents the start of a page of entities.</summary>
internal readonly struct ListCursor(uint after, int part)
{
    /// <summary>Gets the id of the last entity that is completely known.</summary>
    public uint After => after;

    /// <summary>Gets the number of parts of the mesh of the next entity that are known.</summary>
    public int Part => part;

    public bool IsBehind(ListCursor other) => After > other.After || (After == other.After && Part > other.Part);
}
