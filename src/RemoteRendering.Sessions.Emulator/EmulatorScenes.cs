using RemoteRendering.Sessions.Emulator.Renderer;
using RemoteRendering.Sessions.Emulator.Renderer.Drawing;
using RemoteRendering.Sessions.Emulator.Scene;
using RemoteRendering.Sessions.Host;

namespace RemoteRendering.Sessions.Emulator;

/// <summary>Puts the scenes of the emulator's host together.</summary>
internal static class EmulatorScenes
{
    /// <summary>Makes the scenes, with the geometry and the renderer of the behaviour or with those that come with the emulator.</summary>
    /// <param name="behavior">What the host does with scenes.</param>
    /// <param name="host">The options of the host.</param>
    /// <param name="sizeOf">Gets the size of a session by its id.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="ArgumentException">The behaviour has a geometry and no renderer that draws its meshes.</exception>
    public static SceneHost Create(SceneBehavior behavior, RenderingHostOptions host, Func<string, SessionSize> sizeOf, TimeProvider time)
    {
        if (behavior is { Geometry: not null, Renderer: null, HasScene: true, HasFrames: true })
        {
            throw new ArgumentException(
                $"{nameof(SceneBehavior)}.{nameof(SceneBehavior.Geometry)} is set without a {nameof(SceneBehavior.Renderer)} that draws its meshes; set one, or {nameof(SceneBehavior.HasFrames)} to false.",
                nameof(behavior));
        }

        return new SceneHost(
            behavior,
            behavior.Geometry ?? new SoftwareGeometry(),
            behavior.Renderer ?? new SoftwareRenderer(),
            host,
            session => behavior.LimitsOf(isLimited: sizeOf(session) == SessionSize.Standard),
            time);
    }
}
