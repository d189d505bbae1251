package org.offx.check;

import java.util.List;
import java.util.Map;
import org.offx.check.Definition.ActionDef;
import org.offx.check.Definition.EnumDef;
import org.offx.check.Definition.FactDef;
import org.offx.check.Definition.FnDef;
import org.offx.check.Definition.GroupDef;
import org.offx.check.Definition.KindDef;
import org.offx.check.Definition.LetDef;
import org.offx.check.Definition.NodeDef;
import org.offx.check.Definition.PlayDef;
import org.offx.check.Definition.RefinementDef;
import org.offx.check.Definition.ResourceDef;
import org.offx.check.Definition.RoleDef;
import org.offx.check.Definition.RuleDef;
import org.offx.check.Definition.StructDef;
import org.offx.check.Definition.TestDef;
import org.offx.text.Source;

/**
 * What the files of a playbook and the modules that they use mean, checked: definitions by qualified name, plays in the
 * order in which they were written. Definitions of the standard library are checked when somebody asks for them; all
 * others have been. Every node has, besides the attributes of its kind, {@code address}, {@code user},
 * {@code port}, {@code become} (see docs/language.md, Nodes).
 */
public record Program(
        Map<String, LetDef> lets,
        Map<String, FnDef> functions,
        Map<String, FactDef> facts,
        Map<String, StructDef> structs,
        Map<String, EnumDef> enums,
        Map<String, RefinementDef> refinements,
        Map<String, KindDef> kinds,
        Map<String, NodeDef> nodes,
        Map<String, GroupDef> groups,
        Map<String, ResourceDef> resources,
        Map<String, ActionDef> actions,
        Map<String, RoleDef> roles,
        List<PlayDef> plays,
        List<RuleDef> rules,
        List<TestDef> tests,
        List<Source> sources) {}
