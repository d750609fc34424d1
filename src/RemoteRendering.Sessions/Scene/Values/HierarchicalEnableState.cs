namespace RemoteRendering.Sessions.Scene;

/// <summary>Specifies a hierarchical state at an entity.</summary>
public enum HierarchicalEnableState
{
    /// <summary>Off for the entity and its descendants, unless they override it.</summary>
    ForceOff = 0,

    /// <summary>On for the entity and its descendants, unless they override it.</summary>
    ForceOn = 1,

    /// <summary>The state of the parent.</summary>
    InheritFromParent = 2,
}
