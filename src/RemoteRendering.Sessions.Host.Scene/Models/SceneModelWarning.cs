namespace RemoteRendering.Sessions.Host.Scene;

/// <summary>Something of a file that is not in its model.</summary>
/// <param name="code">The kind, as the host protocol names it.</param>
/// <param name="place">The place in the file: <c>node 3 'arm'</c>.</param>
/// <param name="text">What is left out, and why.</param>
public sealed class SceneModelWarning(string code, string place, string text)
{
    /// <summary>Gets the kind, as the host protocol names it: <c>extensionIgnored</c>.</summary>
    public string Code { get; } = code;

    /// <summary>Gets the place in the file: <c>node 3 'arm'</c>.</summary>
    public string Place { get; } = place;

    /// <summary>Gets what is left out, and why.</summary>
    public string Text { get; } = text;
}
