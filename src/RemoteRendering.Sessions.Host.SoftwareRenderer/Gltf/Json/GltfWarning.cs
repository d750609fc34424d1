namespace RemoteRendering.Sessions.Host.SoftwareRenderer.Gltf.Json;

/// <summary>What can be left out of a file that loads. The names, with a small letter first, are the codes of the host protocol.</summary>
internal enum GltfWarning
{
    ExtensionIgnored,
    ShearLost,
    PictureIgnored,
    AppearanceSimplified,
    NotDrawn,
    AnimationsIgnored,
    CamerasIgnored,
    ScenesIgnored,
    PoseFixed,
    PrimitiveIgnored,
    MetadataIgnored,
    NameShortened,
    TransformChanged,
}
