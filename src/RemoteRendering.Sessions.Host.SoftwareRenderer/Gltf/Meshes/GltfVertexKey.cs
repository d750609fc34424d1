namespace RemoteRendering.Sessions.Host.SoftwareRenderer.Gltf.Meshes;

/// <summary>
/// Where a row of corners comes from: accessors, -1 without one. Texture coordinates depend on the material as well, which may move them.
/// </summary>
/// <param name="Position">The positions.</param>
/// <param name="Normal">The normals.</param>
/// <param name="TextureCoordinates">The texture coordinates of the material.</param>
/// <param name="Color">The colours.</param>
/// <param name="Material">The material.</param>
/// <param name="Pose">The accessors that move corners, as the text of the file has them; empty without.</param>
internal readonly record struct GltfVertexKey(int Position, int Normal, int TextureCoordinates, int Color, int Material, string Pose);
