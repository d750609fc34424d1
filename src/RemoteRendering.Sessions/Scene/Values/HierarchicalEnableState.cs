namespace RemoteRendering.Sessions.Scene;

/// <summary>How a state of a hierarchy is set at one entity.</summary>
public enum HierarchicalEnableState
{
    /// <summary>Off for the entity and what is below it, unless it is overridden there.</summary>
    ForceOff = 0,

    /// <summary>On for the entity and what is below it, unless it is overridden there.</summary>
    ForceOn = 1,

    /// <summary>As above the entity.</summary>
    InheritFromParent = 2,
}
