namespace RemoteRendering.Sessions.Scene.Sync;

/// <summary>Represents the answer of the host to a load.</summary>
internal sealed class LoadedModel(uint root, long primitives, IReadOnlyList<LoadModelWarning> warnings)
{
    public uint Root => root;

    public long Primitives => primitives;

    public IReadOnlyList<LoadModelWarning> Warnings => warnings;
}
