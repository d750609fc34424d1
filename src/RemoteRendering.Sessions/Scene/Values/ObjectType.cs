namespace RemoteRendering.Sessions.Scene;

/// <summary>Specifies the type of an object in a scene. The values are those of Azure Remote Rendering.</summary>
public enum ObjectType
{
    /// <summary>None.</summary>
    Invalid = 0,

    /// <summary>A node of the scene.</summary>
    Entity = 1,

    /// <summary>A mesh, which comes from a model.</summary>
    MeshComponent = 200,

    /// <summary>A plane that cuts away geometry on one side.</summary>
    CutPlaneComponent = 201,

    /// <summary>An override of states for an entity and its descendants.</summary>
    HierarchicalStateOverrideComponent = 202,
}
