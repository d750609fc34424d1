namespace RemoteRendering.Sessions.Scene;

/// <summary>Kinds of objects in a scene. The numbers are those of Azure Remote Rendering.</summary>
public enum ObjectType
{
    /// <summary>None.</summary>
    Invalid = 0,

    /// <summary>A node of the scene.</summary>
    Entity = 1,

    /// <summary>What makes an entity visible; comes with a model.</summary>
    MeshComponent = 200,

    /// <summary>Cuts away what lies on one side of a plane.</summary>
    CutPlaneComponent = 201,

    /// <summary>Changes how an entity and what is below it looks and behaves.</summary>
    HierarchicalStateOverrideComponent = 202,
}
