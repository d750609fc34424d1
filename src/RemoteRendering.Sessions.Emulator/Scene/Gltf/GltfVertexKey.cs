namespace RemoteRendering.Sessions.Emulator;

/// <summary>What makes a row of corners: the numbers of accessors, -1 where there is none, and the material, which may move texture coordinates.</summary>
internal readonly record struct GltfVertexKey(int Position, int Normal, int TextureCoordinates, int Color, int Material);
