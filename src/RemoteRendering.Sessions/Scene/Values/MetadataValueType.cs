namespace RemoteRendering.Sessions.Scene;

/// <summary>Kinds of values of metadata.</summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Naming", "CA1720", Justification = "The names are those of Azure Remote Rendering.")]
public enum MetadataValueType
{
    /// <summary>Nothing.</summary>
    Invalid = 0,

    /// <summary>True or false.</summary>
    Bool = 1,

    /// <summary>A whole number of 64 bits.</summary>
    Int64 = 3,

    /// <summary>A number with a fraction.</summary>
    Double = 5,

    /// <summary>A text.</summary>
    String = 6,

    /// <summary>A list or an object, as JSON.</summary>
    Json = 7,
}
