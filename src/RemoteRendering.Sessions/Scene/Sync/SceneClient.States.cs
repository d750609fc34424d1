using RemoteRendering.Sessions.Connections.Messages;

namespace RemoteRendering.Sessions.Scene.Sync;

/// <summary>States that the host accepts but does not implement.</summary>
internal sealed partial class SceneClient
{
    private HierarchicalStates _warned;
    private BindAnswer? _statesOf;
    private HierarchicalStates _unsupported;

    /// <summary>Gets the states that the host of a binding declares as not implemented.</summary>
    public static HierarchicalStates UnsupportedOf(BindAnswer? answer)
    {
        HierarchicalStates states = HierarchicalStates.None;
        foreach (string name in answer?.UnsupportedStates ?? [])
        {
            states |= name switch
            {
                "hidden" => HierarchicalStates.Hidden,
                "selected" => HierarchicalStates.Selected,
                "seeThrough" => HierarchicalStates.SeeThrough,
                "useTintColor" => HierarchicalStates.UseTintColor,
                "disableCollision" => HierarchicalStates.DisableCollision,
                "useCutPlaneFilterMask" => HierarchicalStates.UseCutPlaneFilterMask,
                "shell" => HierarchicalStates.Shell,
                _ => HierarchicalStates.None,
            };
        }

        return states;
    }

    /// <summary>Logs a warning, once for each state, when a state is used that the host does not implement.</summary>
    public void WarnOf_NeedsGate(HierarchicalStates states)
    {
        if (!ReferenceEquals(_statesOf, _answer))
        {
            _statesOf = _answer;
            _unsupported = UnsupportedOf(_answer);
        }

        HierarchicalStates idle = states & _unsupported & ~_warned;
        if (idle != HierarchicalStates.None)
        {
            _warned |= idle;
            SceneLog.StateUnsupported(Logger, _run.SessionId, idle);
        }
    }
}
