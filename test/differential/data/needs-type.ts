import {
  GraphQLIncludeDirective,
  type GraphQLResolveInfo,
  GraphQLSkipDirective,
  getDirectiveValues,
  getNamedType,
  isAbstractType,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
} from "graphql";

/** True if the selection of a field depends on the types of its objects. */
export function needsType({ fieldNodes, fragments, variableValues, returnType, schema }: GraphQLResolveInfo): boolean {
  const type = getNamedType(returnType);
  const possible = isAbstractType(type) ? schema.getPossibleTypes(type) : [];
  return fieldNodes.some(({ selectionSet }) => selectionSet !== undefined && depends(selectionSet));

  function depends({ selections }: SelectionSetNode): boolean {
    return selections.filter(isIncluded).some((selection) => {
      if (selection.kind === Kind.FIELD) return selection.name.value === "__typename";
      const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments[selection.name.value];
      if (!fragment) return false;
      return !isAlways(fragment.typeCondition?.name.value) || depends(fragment.selectionSet);
    });
  }

  function isAlways(condition: string | undefined): boolean {
    const wide = condition === undefined ? undefined : schema.getType(condition);
    if (wide === undefined) return true;
    return possible.every((each) => each === wide || (isAbstractType(wide) && schema.isSubType(wide, each)));
  }

  function isIncluded(selection: SelectionNode): boolean {
    if (getDirectiveValues(GraphQLSkipDirective, selection, variableValues)?.if === true) return false;
    return getDirectiveValues(GraphQLIncludeDirective, selection, variableValues)?.if !== false;
  }
}
