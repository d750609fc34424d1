namespace RemoteRendering.Sessions.Scene;

/// <summary>Specifies the kind of a <see cref="LoadModelWarning"/>.</summary>
public enum LoadModelWarningCode
{
    /// <summary>A kind that is unknown to this client, from a newer host.</summary>
    Other = 0,

    /// <summary>An extension of the file format is left out.</summary>
    ExtensionIgnored = 1,

    /// <summary>
    /// The matrix of a node has a shear, which position, rotation and scale cannot represent. The nearest rotation is used.
    /// </summary>
    ShearLost = 2,

    /// <summary>A picture is missing, or has a format that the host does not support. The colour of the material replaces it.</summary>
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

    /// <summary>Skinned meshes have the rest pose of the file. Moving the entities of their joints does not move them.</summary>
    PoseFixed = 9,

    /// <summary>A primitive of a mesh has no positions.</summary>
    PrimitiveIgnored = 10,

    /// <summary>The metadata of a node is nested too deeply for an answer, or contains invalid text.</summary>
    MetadataIgnored = 11,

    /// <summary>A name is longer than 256 bytes and is truncated.</summary>
    NameShortened = 12,

    /// <summary>The transform of a node cannot be represented and is changed.</summary>
    TransformChanged = 13,
}
