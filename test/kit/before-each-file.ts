import "reflect-metadata"; // type-graphql's decorators need it before the first class is loaded
import { countAnew } from "./serial-numbers.ts";

countAnew();
