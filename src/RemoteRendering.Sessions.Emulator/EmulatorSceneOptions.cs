using RemoteRendering.Sessions.Host.Scene;
using RemoteRendering.Sessions.Service;

namespace RemoteRendering.Sessions.Emulator;

/// <summary>
/// The options of the scenes of the emulated host. <see cref="SceneOptions.MaxPrimitives"/> counts in a session of size
/// <see cref="SessionSize.Standard"/>, as the service had it; a Premium session has no such limit.
/// </summary>
public sealed class EmulatorSceneOptions : SceneOptions
{
    /// <summary>
    /// Gets or sets a value indicating whether the host has scenes: entities, models and queries. Read when the host starts.
    /// </summary>
    /// <value>The default is <see langword="true"/>. Without scenes the host has neither uploads nor pictures.</value>
    public bool HasScene { get; set; } = true;

    /// <summary>Gets or sets the geometry, which loads models and answers queries. Read when the host starts.</summary>
    /// <value>
    /// The default is <see langword="null"/>, for the one of <c>RemoteRendering.Sessions.Host.SoftwareRenderer</c>, which reads glTF.
    /// Another one needs a <see cref="Renderer"/> that draws its meshes.
    /// </value>
    public ISceneGeometry? Geometry { get; set; }

    /// <summary>Gets or sets the renderer, which draws pictures and previews. Read when the host starts.</summary>
    /// <value>
    /// The default is <see langword="null"/>, for the one of <c>RemoteRendering.Sessions.Host.SoftwareRenderer</c>, which draws on the
    /// processor.
    /// </value>
    public ISceneRenderer? Renderer { get; set; }
}
