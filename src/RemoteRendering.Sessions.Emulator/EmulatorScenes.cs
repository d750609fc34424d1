using RemoteRendering.Sessions.Host.Scene;
using RemoteRendering.Sessions.Host.SoftwareRenderer;
using RemoteRendering.Sessions.Service;

namespace RemoteRendering.Sessions.Emulator;

/// <summary>Puts the scenes of the emulator's host together.</summary>
internal static class EmulatorScenes
{
    /// <summary>Makes the scenes, with the geometry and the renderer of the options or with the software renderer.</summary>
    /// <param name="options">The options of the scenes.</param>
    /// <param name="sizeOf">Gets the size of a session by its id.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="ArgumentException">The options have a geometry and no renderer that draws its meshes.</exception>
    public static SceneFeature Create(EmulatorSceneOptions options, Func<string, SessionSize> sizeOf, TimeProvider time)
    {
        if (options is { Geometry: not null, Renderer: null, HasScene: true, HasFrames: true })
        {
            throw new ArgumentException(
                $"{nameof(EmulatorSceneOptions)}.{nameof(EmulatorSceneOptions.Geometry)} is set without a "
                    + $"{nameof(EmulatorSceneOptions.Renderer)} that draws its meshes; set one, or "
                    + $"{nameof(EmulatorSceneOptions.HasFrames)} to false.",
                nameof(options));
        }

        var software = new SoftwareSceneRenderer();
        return new SceneFeature(
            options.Geometry ?? software,
            options.Renderer ?? software,
            options,
            session =>
                new SceneLimits(
                    options.MaxModelBytes, options.MaxMemoryBytes, sizeOf(session) == SessionSize.Standard ? options.MaxPrimitives : null),
            time);
    }
}
