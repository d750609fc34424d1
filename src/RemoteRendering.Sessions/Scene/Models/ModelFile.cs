namespace RemoteRendering.Sessions.Scene.Models;

/// <summary>A file on its way to the host.</summary>
internal sealed class ModelFile(string name, Stream content)
{
    /// <summary>Gets the name: of the model, or as the model writes it.</summary>
    public string Name => name;

    /// <summary>Gets the bytes, which can be sought.</summary>
    public Stream Content => content;

    public long Length { get; } = content.Length - content.Position;
}
