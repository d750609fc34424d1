namespace RemoteRendering.Sessions.Scene;

/// <summary>Specifies the type of a metadata value.</summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Naming", "CA1720", Justification = "The names are those of Azure Remote Rendering.")]
public enum MetadataValueType
{
    /// <summary>No value.</summary>
    Invalid = 0,

    /// <summary>A Boolean value.</summary>
    Bool = 1,

    /// <summary>A 64-bit integer.</summary>
    Int64 = 3,

    /// <summary>A floating-point number.</summary>
    Double = 5,

    /// <summary>A string.</summary>
    String = 6,

    /// <summary>A list or an object, as JSON.</summary>
    Json = 7,
}
