namespace RemoteRendering.Sessions.Scene;

/// <summary>The kinds of things that a host leaves out of a file that it loads.</summary>
public enum LoadModelWarningCode
{
    /// <summary>A kind that this client does not know, from a host that knows more.</summary>
    Other = 0,

    /// <summary>An extension of the file format is left out.</summary>
    ExtensionIgnored = 1,

    /// <summary>The matrix of a node has a shear, which position, rotation and scale cannot say. The nearest rotation is used.</summary>
    ShearLost = 2,

    /// <summary>A picture is missing, or in a format that the host does not read. The colour of the material stands for it.</summary>
    PictureIgnored = 3,

    /// <summary>A material is drawn without some of its textures or colours.</summary>
    AppearanceSimplified = 4,

    /// <summary>Lines or points are counted, but neither drawn nor hit by rays.</summary>
    NotDrawn = 5,

    /// <summary>The animations of the file are left out.</summary>
    AnimationsIgnored = 6,

    /// <summary>The cameras of the file are left out.</summary>
    CamerasIgnored = 7,

    /// <summary>The file has several scenes, of which one is loaded.</summary>
    ScenesIgnored = 8,

    /// <summary>Skinned meshes stand in the pose that the file rests in. Moving the entities of their joints does not move them.</summary>
    PoseFixed = 9,

    /// <summary>A primitive of a mesh has no positions.</summary>
    PrimitiveIgnored = 10,

    /// <summary>The metadata of a node nests too deep for an answer, or has a text that is none.</summary>
    MetadataIgnored = 11,

    /// <summary>A name is longer than 256 bytes and is cut.</summary>
    NameShortened = 12,

    /// <summary>The transform of a node cannot be kept as it is.</summary>
    TransformChanged = 13,
}
