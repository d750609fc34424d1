namespace RemoteRendering.Sessions.Emulator.Renderer.Geometry;

/// <summary>A ray from a start to an end, both in the world and finite.</summary>
internal readonly record struct RayQuery(Vector3D Start, Vector3D End, RayPolicy Policy = RayPolicy.Closest, int MaxHits = RayQuery.MostHits)
{
    /// <summary>More are not answered, however many are asked for.</summary>
    public const int MostHits = 256;
}
