using RemoteRendering.Sessions.Scene.Sync;

namespace RemoteRendering.Sessions.Scene;

/// <summary>Writes the changes of an entity into a batch.</summary>
public partial class Entity
{
    internal void WriteValues_NeedsGate(ref SceneFlush flush)
    {
        SceneChanges changes = Changes;
        while ((changes & SceneChanges.Transform) != 0 && !flush.Batch().TryTransform(Id, changes, _position, _rotation, _scale))
        {
            flush.SendBatch();
        }

        if ((changes & ~SceneChanges.Transform) != 0)
        {
            WriteOthers_NeedsGate(ref flush, changes);
        }
    }

    private void WriteOthers_NeedsGate(ref SceneFlush flush, SceneChanges changes)
    {
        while ((changes & SceneChanges.Enabled) != 0 && !flush.Batch().TryEnable(Id, _enabled))
        {
            flush.SendBatch();
        }

        while ((changes & SceneChanges.Name) != 0 && !flush.Batch().TryName(Id, _name))
        {
            flush.SendBatch();
        }

        while ((changes & SceneChanges.State) != 0 && !flush.Batch().TryState(Id, _state))
        {
            flush.SendBatch();
        }

        while ((changes & SceneChanges.CutPlane) != 0 && !flush.Batch().TryCutPlane(Id, _cutPlane))
        {
            flush.SendBatch();
        }
    }
}
