namespace Lastro.Core.Triggers;

/// <summary>
/// The trailing stops of one cluster, smallest delta first, then lowest id: a leftist heap through links in the slots. Two heaps become
/// one, and any slot leaves, in O(log n) at worst, so no single trade pays for many.
/// </summary>
internal sealed class DeltaHeap(TriggerSlots slots)
{
    /// <summary>One heap of two roots (0 for none); gives its root.</summary>
    public int Meld(int left, int right)
    {
        if (left == 0 || right == 0) return left == 0 ? right : left;
        var (root, other) = Before(right, left) ? (right, left) : (left, right);
        var at = root;
        while (slots[at].Right != 0)
        {
            var next = slots[at].Right;
            if (Before(other, next))
            {
                Hang(other, at);
                (at, other) = (other, next);
            }
            else
            {
                at = next;
            }
        }

        Hang(other, at);
        while (at != 0)
        {
            _ = Balance(at);
            at = slots.Above(at);
        }

        return root;
    }

    /// <summary>Takes a slot out of the heap of this root; gives the new root, 0 when nobody is left.</summary>
    public int Remove(int root, int slot)
    {
        var (left, right, above) = (slots[slot].Left, slots[slot].Right, slots.Above(slot));
        slots.Above(left) = 0;
        slots.Above(right) = 0;
        var rest = Meld(left, right);
        (slots[slot].Left, slots[slot].Right, slots.Above(slot), slots[slot].Rank) = (0, 0, 0, 1);
        if (slot == root) return rest;
        if (slots[above].Left == slot) slots[above].Left = rest;
        else slots[above].Right = rest;
        if (rest != 0) slots.Above(rest) = above;
        while (above != 0 && Balance(above)) above = slots.Above(above);
        return root;
    }

    private void Hang(int slot, int below)
    {
        slots[below].Right = slot;
        slots.Above(slot) = below;
    }

    // The shorter right spine stays on the right; true when the rank is another now.
    private bool Balance(int at)
    {
        ref var slot = ref slots[at];
        if (slots[slot.Left].Rank < slots[slot.Right].Rank) (slot.Left, slot.Right) = (slot.Right, slot.Left);
        var rank = (byte)(slots[slot.Right].Rank + 1);
        var changed = rank != slot.Rank;
        slot.Rank = rank;
        return changed;
    }

    private bool Before(int left, int right)
    {
        ref var a = ref slots[left];
        ref var b = ref slots[right];
        return a.DeltaBps < b.DeltaBps || (a.DeltaBps == b.DeltaBps && a.Id < b.Id);
    }
}
